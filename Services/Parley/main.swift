import ArgumentParser
import Configuration
import Crypto
import GRDB
import Hummingbird
import Logging
import Metrics
import ServiceLifecycle
print("hello")
