select 1 as id, 'ann@shop.example' as email, 'DE' as country
union all select 2, 'bob@shop.example', 'FR'
union all select 3, null, 'XX'
