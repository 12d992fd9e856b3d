"""Runs a trigger as a triggerer would, from its arguments, and prints its event."""

import asyncio
import json
import sys

from aegis_airflow_provider.triggers.aegis import AegisTrigger


async def event() -> object:
    """What the trigger yields."""
    trigger = AegisTrigger(**json.loads(sys.argv[1]))
    return (await anext(trigger.run())).payload


print(json.dumps(asyncio.run(event())))
