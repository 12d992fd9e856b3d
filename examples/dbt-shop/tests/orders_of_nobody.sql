-- Orders that name no customer, or one that is not there.
select o.id
from {{ ref('orders') }} as o
left join {{ ref('customers', v=2) }} as c on c.id = o.customer_id
where c.id is null
