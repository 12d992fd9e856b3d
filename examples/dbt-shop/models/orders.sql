{{ config(alias='fct_orders', schema='mart', tags=['finance']) }}

select id, customer_id, status, amount, ordered_at
from {{ source('raw', 'orders') }}
