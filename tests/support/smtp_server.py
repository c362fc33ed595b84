"""A real SMTP server on loopback for tests: aiosmtpd with what a test asks for.

Prints its port, then keeps every message that it takes as FOLDER/N.eml with FOLDER/N.json beside it.
Ends when its standard input does.
"""

import argparse
import asyncio
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self, asked):
        self.asked = asked
        self.attempts = 0
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.asked.refuse:
            return f"550 5.1.1 <{address}>: nobody of that name"
        self.attempts += 1
        if self.attempts <= self.asked.drop:
            server.transport.abort()
            return "250 OK"
        if self.attempts <= self.asked.busy:
            return "451 4.3.2 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        folder = pathlib.Path(self.asked.folder)
        (folder / f"{self.taken}.eml").write_bytes(envelope.original_content)
        about = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or self.asked.implicit,
            "user": getattr(session.auth_data, "login", b"").decode() if session.authenticated else None,
            "attempts": self.attempts,
        }
        (folder / f"{self.taken}.json").write_text(json.dumps(about))
        return "250 OK"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--implicit", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--refuse", action="append", default=[])
    parser.add_argument("--drop", type=int, default=0)
    parser.add_argument("--busy", type=int, default=0)
    asked = parser.parse_args()
    context = None
    if asked.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(asked.certificate, asked.key)
    handler = Handler(asked)

    def authenticator(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (
            data.login.decode(),
            data.password.decode(),
        ) == (asked.user, asked.password)
        return AuthResult(success=right, handled=False, auth_data=data)

    def protocol():
        return SMTP(
            handler,
            hostname="localhost",
            tls_context=None if asked.implicit else context,
            require_starttls=context is not None and not asked.implicit,
            authenticator=authenticator if asked.user else None,
            auth_required=bool(asked.user),
            auth_require_tls=not asked.implicit,
        )

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            protocol, "127.0.0.1", 0, ssl=context if asked.implicit else None
        )
        print(server.sockets[0].getsockname()[1], flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
        server.close()

    asyncio.run(serve())


main()
