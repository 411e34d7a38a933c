"""The way to Telegram through a proxy, for hosts behind one. Names are looked up at its far end, never here."""

from typing import Any

import aiohttp
from pydantic import SecretStr


def connector(proxy: SecretStr | None, **options: Any) -> aiohttp.TCPConnector:
    """The connector of a session; `options` are those of `aiohttp.TCPConnector`."""
    address = proxy.get_secret_value() if proxy else ""
    if not address.startswith("socks"):
        return aiohttp.TCPConnector(**options)
    from aiohttp_socks import ProxyConnector  # here, for most networks need none and it takes time to load

    return ProxyConnector.from_url(address, rdns=True, **options)


def http_proxy(proxy: SecretStr | None) -> str | None:
    """What a request is given besides the connector: an HTTP proxy, which aiohttp speaks by itself."""
    address = proxy.get_secret_value() if proxy else ""
    return address if address.startswith("http") else None
