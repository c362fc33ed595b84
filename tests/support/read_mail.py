"""Reads a mail on standard input with Python's email package and prints what it finds as JSON."""

import email
import email.policy
import json
import sys

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)


def described(part):
    if part.is_multipart():
        return {"type": part.get_content_type(), "parts": [described(inner) for inner in part.iter_parts()]}
    return {
        "type": part.get_content_type(),
        "name": part.get_filename(),
        "disposition": part.get_content_disposition(),
        "text": part.get_payload(decode=True).decode("utf-8"),
    }


defects = [str(defect) for part in message.walk() for defect in part.defects]
defects += [str(defect) for value in message.values() for defect in getattr(value, "defects", ())]
print(
    json.dumps(
        {
            "headers": [[name, str(value)] for name, value in message.items()],
            "date": message["Date"].datetime.isoformat(),
            "defects": defects,
            "body": described(message),
        }
    )
)
