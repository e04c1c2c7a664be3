import ArgumentParser
import Configuration
import Crypto
import Hummingbird
import Logging
import Metrics
import ServiceLifecycle
print("hello")
