"""Uses a server as programs in Python do, and prints what it saw as one line of JSON."""

import asyncio
import json
import sys

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client


async def use(client, seen):
    async def progress(done, total, message):
        seen["progress"].append([done, total])

    seen["tools"] = [tool.name for tool in (await client.list_tools()).tools]
    run = await client.call_tool("aegis_run", {"rules": ["rules"]}, progress_callback=progress)
    seen["run"] = run.structured_content
    found = await client.call_tool("aegis_report", {"rule": "ids_unique"})
    seen["detail"] = found.structured_content["detail"]["rule_type"]
    wrong = await client.call_tool("aegis_run", {"rules": ["/etc/passwd"]})
    seen["error"] = [wrong.is_error, wrong.content[0].text]
    report = await client.read_resource(run.structured_content["report"])
    seen["report"] = report.contents[0].text
    arguments = {"run": run.structured_content["run_id"], "rule": "ids_unique"}
    prompt = await client.get_prompt("investigate_failure", arguments)
    seen["prompt"] = prompt.messages[0].content.text


async def main(mode, transport, *rest):
    seen = {"progress": []}
    if transport == "stdio":
        command, *args = rest
        async with Client(StdioServerParameters(command=command, args=args), mode=mode) as client:
            await use(client, seen)
    else:
        url, token = rest
        async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
            async with Client(streamable_http_client(url, http_client=http), mode=mode) as client:
                await use(client, seen)
    print(json.dumps(seen))


asyncio.run(main(*sys.argv[1:]))
