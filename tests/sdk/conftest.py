"""A simulator for the vendor's own client, and the client told where it is."""

import json
import os
import pathlib
import struct
import subprocess
import urllib.request

import dashscope
import pytest

KEY = "sk-simulator"
ROOT = pathlib.Path(__file__).resolve().parents[2]
# Simulated seconds a real second: a video takes 60 to 160 of them.
SCALE = "60"


class Simulator:
    """A running simulator."""

    def __init__(self, origin):
        self.origin = origin

    def control(self, what, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.origin}/_simulator/{what}", data) as answer:
            return json.load(answer)

    def creations(self):
        return self.control("figures")["creations"]


@pytest.fixture(scope="session")
def running():
    default = ROOT / "target" / "debug" / "studio-simulator"
    binary = os.environ.get("STUDIO_SIMULATOR_BIN", str(default))
    command = [binary, "--clock-scale", SCALE, "--api-key", KEY]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        origin = process.stdout.readline().split()[-1]
        yield Simulator(origin)
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def simulator(running, monkeypatch):
    """Empty, and named to the client in each way it can be told."""
    running.control("reset", {})
    http, socket = f"{running.origin}/api/v1", f"{running.origin.replace('http', 'ws', 1)}/api-ws/v1/inference"
    monkeypatch.setenv("DASHSCOPE_HTTP_BASE_URL", http)
    monkeypatch.setenv("DASHSCOPE_BASE_URL", http)
    monkeypatch.setenv("DASHSCOPE_WEBSOCKET_BASE_URL", socket)
    monkeypatch.setenv("DASHSCOPE_API_KEY", KEY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    dashscope.api_key = KEY
    dashscope.base_http_api_url = http
    dashscope.base_websocket_api_url = socket
    return running


@pytest.fixture
def client(simulator):
    """The second major's client; the first has none."""
    if not hasattr(dashscope, "Client"):
        pytest.skip("dashscope 1.x has no Client")
    return dashscope.Client(api_key=KEY, base_url=f"{simulator.origin}/api/v1")


@pytest.fixture
def recording(tmp_path):
    """Three seconds of WAV."""
    samples = bytes(96_000)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 1, 16_000, 32_000, 2, 16, b"data", len(samples))
    path = tmp_path / "recording.wav"
    path.write_bytes(head + samples)
    return path


def fetch(url):
    """A result, without a key."""
    with urllib.request.urlopen(url) as answer:
        return answer.read()
