select * from {{ ref('orders') }} where ordered_at > timestamp '2100-01-01'
