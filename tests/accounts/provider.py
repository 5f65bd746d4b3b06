"""A local identity provider: a thread with real keys that signs real tokens, and lies when it is told to."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
KEY, STRANGER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class Provider:
    """`claims` are laid over the honest ones (None takes one away); `sign` makes the token of them."""

    client = ("samverkan", "hemlighet")

    def __init__(self):
        self.claims, self.sign, self.configuration, self.codes = {}, signed, {}, {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, address):
        """What the browser brings back after the person has identified themselves at `address`."""
        question = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"kod-{len(self.codes)}"
        self.codes[code] = question
        return {"code": code, "state": question["state"]}

    def token(self, code, verifier):
        question = self.codes.pop(code)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        assert challenge == question["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": question["client_id"],
            "sub": "anna-hos-kommunen",
            "nonce": question["nonce"],
            "iat": now,
            "exp": now + 60,
            "auth_time": now,
            "acr": LOA3,
            "https://id.oidc.se/claim/orgNumber": "2120000332",
            "https://id.oidc.se/claim/orgName": "Flens kommun",
            "https://id.oidc.se/claim/orgAffiliation": "anna01@2120000332",
            "https://id.oidc.se/claim/personalIdentityNumber": "199501062385",
        }
        return self.sign({name: value for name, value in (claims | self.claims).items() if value is not None})

    def _handler(provider):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._send(provider.documents[self.path])

            def do_POST(self):
                fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self._send(
                    {"access_token": "x", "id_token": provider.token(fields["code"][0], fields["code_verifier"][0])}
                )

            def _send(self, found):
                body = json.dumps(found).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        return Handler

    @property
    def documents(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/fraga",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/nycklar",
            }
            | self.configuration,
            "/nycklar": {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]},
        }


def signed(claims, key=KEY, algorithm="RS256", kid="1"):
    return jwt.encode(claims, key, algorithm, headers={"kid": kid})


def unsigned(claims):
    return jwt.encode(claims, None, "none", headers={"kid": "1"})


def signed_with_the_public_key(claims):
    """The old trick: a symmetric signature made with what everybody may read."""
    return jwt.encode(claims, b"public-key-as-secret-public-key-as-secret", "HS256", headers={"kid": "1"})


def tampered(claims):
    head, _, signature = signed(claims).split(".")
    later = signed(claims | {"exp": claims["exp"] + 60}).split(".")[1]
    return f"{head}.{later}.{signature}"
