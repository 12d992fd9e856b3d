select id, email, country, id < 3 as is_active from {{ ref('customers', v=1) }}
