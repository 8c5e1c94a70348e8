"""What others can be shown: key-messages.md, "Evidence"."""

from .basics import Refused, decode_list, is_bytes, is_count, want
from .chains import Certificate, chain_text, judge_chain, parse_chain
from .frames import Key, authentic, context, covered, parse_frame
from .told import parse_announcement, parse_tick

CODE = "keys.evidence"


class Stated:
    """An announcement of which evidence has no more than hash and generation."""

    def __init__(self, hash: bytes, generation: int):
        self.hash, self.generation = hash, generation


def judge(data: bytes) -> tuple[str, Certificate]:
    fields = decode_list(data, CODE, 3, 4, 14)
    if fields[0] == 1:
        want(len(fields) == 14, CODE, "fields")
        return judge_message(fields)
    want((fields[0], len(fields)) in ((2, 3), (3, 4)), CODE, "no such evidence")
    want(all(isinstance(one, bytes) for one in fields[1:]), CODE, "fields")
    announcement = parse_announcement(fields[1])
    agent = announcement.agent
    want(isinstance(agent.certificates, list), CODE, "no certificates")
    delegate = judge_chain(agent.certificates, agent.realm)
    want(bytes.fromhex(delegate.message["csPubKey"]) == agent.cs, CODE, "another's certificates")
    if fields[0] == 2:
        other = parse_announcement(fields[2])
        same = (other.agent.cs, other.generation, other.scope) == (agent.cs, announcement.generation, announcement.scope)
        want(same and other.hash != announcement.hash, CODE, "no contradiction")
    else:
        one, other = (parse_tick(tick, announcement) for tick in fields[2:])
        want(one.epoch == other.epoch and one.commitments != other.commitments, CODE, "no contradiction")
    return "fork", delegate


def judge_message(fields: list) -> tuple[str, Certificate]:
    _, text, announcement, realm, generation, epoch, kind, uri, writer, key, nonce, serializer, compression, data = fields
    want(isinstance(text, str) and isinstance(uri, str) and isinstance(key, str), CODE, "texts")
    want(is_bytes(announcement, 32) and is_bytes(realm, 20) and is_bytes(writer, 32), CODE, "lengths")
    want(is_count(generation) and is_count(epoch) and kind in (1, 2, 3, 4), CODE, "counts")
    want(isinstance(nonce, bytes) and isinstance(data, bytes), CODE, "bytes")
    chain = parse_chain(text)
    want(chain_text(chain) == text, CODE, "the chain is written otherwise")
    delegate = judge_chain(chain, realm)
    frame = parse_frame([None, serializer, None, None, compression], data)
    place = context(Stated(announcement, generation), realm, kind, uri, Key(b"", key, writer, epoch))
    cs = bytes.fromhex(delegate.message["csPubKey"])
    shown = authentic("sig", frame, covered(place, key, nonce, frame), cs, announcement, epoch)
    if not shown:
        raise Refused(CODE, "not signed by its chain's key")
    return ("event", "call", "result", "error")[kind - 1], delegate
