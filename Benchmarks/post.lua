-- For wrk: POSTs one signed body; the body and its signature come by the environment.
local file = assert(io.open(os.getenv("PARLEY_BENCH_BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
file:close()
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-Hub-Signature-256"] = os.getenv("PARLEY_BENCH_SIGNATURE")
