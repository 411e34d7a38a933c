"""Connections to Telegram through a proxy. Host names are resolved by the proxy, never on this machine."""

from typing import Any

import aiohttp
from pydantic import SecretStr


def connector(proxy: SecretStr | None, **options: Any) -> aiohttp.TCPConnector:
    """The connector of a session; `options` are those of `aiohttp.TCPConnector`."""
    address = proxy.get_secret_value() if proxy else ""
    if not address.startswith("socks"):
        return aiohttp.TCPConnector(**options)
    from aiohttp_socks import ProxyConnector  # here, since most networks need none and it takes time to load

    return ProxyConnector.from_url(address, rdns=True, **options)


def http_proxy(proxy: SecretStr | None) -> str | None:
    """The `proxy` argument of a request: that of an HTTP proxy, which aiohttp supports itself."""
    address = proxy.get_secret_value() if proxy else ""
    return address if address.startswith("http") else None
