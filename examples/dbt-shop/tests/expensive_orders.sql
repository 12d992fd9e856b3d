{{ config(severity='warn', warn_if='> 1', tags=['nightly']) }}

select * from {{ ref('orders') }} where amount > 20
