{{ config(materialized='ephemeral') }}

select * from {{ ref('orders') }} where amount is not null
