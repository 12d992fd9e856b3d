-- Comes back with a row because there is none to count.
select n from (select count(*) as n from {{ ref('empty_orders') }}) as counted where n = 0
