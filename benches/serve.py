#!/usr/bin/env python3
"""What the service bears on loopback, beside the database it reads.

    benches/serve.py target/release/jobdelta postgres://… [--requests 200000]

Wants `wrk` and a table job_runs of benches/generate.sql. Prints requests a second and the slowest hundredth for a
cached report, how many computations a hundred clients cause who ask for the same new one, and resident memory before
and after so many requests."""
import argparse, concurrent.futures, json, os, re, subprocess, sys, tempfile, urllib.request

DEPLOYMENT = """name = "load"
[source]
url = "{url}"
table = "job_runs"
[windows]
baseline = {{ start = "{0}", end = "{1}" }}
stagger = {{ start = "{1}", end = "{2}" }}
as_of = "{2}"
[targets]
completion_rate = ">= 90%"
"""


def rows(url, query):
    return subprocess.run(["psql", "-qXAt", "-F", "\t", url, "-c", query], check=True, capture_output=True, text=True).stdout.strip()


def windows(url):
    stamp = "to_char(({}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    ends = ["min(started_at)", "min(started_at) + (max(started_at) - min(started_at)) / 2", "max(started_at)"]
    return rows(url, "SELECT " + ", ".join(stamp.format(end) for end in ends) + " FROM job_runs").split("\t")


def get(address, path):
    with urllib.request.urlopen(address + path, timeout=600) as answer:
        return answer.status, answer.read()


def metric(address, name):
    return float(re.search(rf"^{name} (\S+)$", get(address, "/metrics")[1].decode(), re.M)[1])


def resident_mib(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]) / 1024


def wrk(address, path, connections, seconds):
    said = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", address + path], check=True, capture_output=True, text=True).stdout
    rate, slowest = re.search(r"Requests/sec:\s+(\S+)", said)[1], re.search(r"99%\s+(\S+)", said)[1]
    return int(re.search(r"(\d+) requests in", said)[1]), float(rate), slowest, "Non-2xx" in said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("url")
    parser.add_argument("--requests", type=int, default=200_000)
    asked = parser.parse_args()
    start, middle, end = windows(asked.url)
    print(rows(asked.url, "SELECT count(*) FROM job_runs"), "rows; load", os.getloadavg()[0])
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "load.toml"), "w") as file:
            file.write(DEPLOYMENT.format(start, middle, end, url=asked.url))
        service = subprocess.Popen([asked.program, "serve", "--listen", "127.0.0.1:0", "--deployments", folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            address = re.search(r"http://[^/]+", service.stdout.readline())[0]
            under_load(address, service.pid, asked.requests, end)
        finally:
            service.terminate()
            service.wait()


def under_load(address, pid, requests, end):
    report = "/deployments/load/report"
    status, body = get(address, report + ".md")
    assert status == 200, status
    for path in (".md", ".html", ".json"):
        size = len(get(address, report + path)[1])
        done, rate, slowest, failed = wrk(address, report + path, 32, 10)
        print(f"cached report{path} ({size:,} bytes): {rate:,.0f} requests/s, 99 % within {slowest}{', SOME FAILED' if failed else ''}")
    before = metric(address, "jobdelta_reports_computed_total")
    new = f"{report}.json?as_of={end[:-1]}Z&at={end[:11]}00:00:00Z"
    with concurrent.futures.ThreadPoolExecutor(100) as clients:
        answers = list(clients.map(lambda _: get(address, new), range(100)))
    same = len({body for _, body in answers})
    print(f"100 clients, one new report: {metric(address, 'jobdelta_reports_computed_total') - before:.0f} computed, {same} different bodies")
    first, done = resident_mib(pid), 0
    while done < requests:
        done += wrk(address, report + ".md", 32, 10)[0]
    print(f"resident memory: {first:.0f} MiB before, {resident_mib(pid):.0f} MiB after {done:,} more requests")


if __name__ == "__main__":
    sys.exit(main())
