/// The bounds of one client.
public struct HTTPClientSettings: Sendable, Equatable {
  /// Name lookup, TCP and TLS together.
  public var connectTimeoutMilliseconds = 5_000
  public var maxResponseBytes = 16 * 1_048_576
  public var maxHeaderBytes = 65_536
  /// Transfers on the wire at once. A slow peer can fill them: use one client for each kind of peer.
  public var maxConcurrentTransfers = 256
  /// Requests that wait for their turn; the next one fails with `overloaded`.
  public var maxWaitingTransfers = 4_096
  /// Connections kept open for reuse.
  public var maxIdleConnections = 64
  /// Lines that a reader may be behind, and the length of one.
  public var maxBufferedLines = 1_024
  public var maxLineBytes = 1_048_576
  /// A stream of lines that is silent for so long has failed.
  public var streamIdleSeconds = 120
  public var userAgent = "parley"
  /// A PEM file of trusted authorities in place of the system's.
  public var authorityFile: String?

  public init() {}
}
