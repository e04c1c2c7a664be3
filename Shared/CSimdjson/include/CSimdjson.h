#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

// Swift cannot import simdjson's C++ templates without making every importer a C++ importer, so this is the one parse call it needs.
// The tape that comes back is simdjson's documented format (doc/tape.md of simdjson), read on the Swift side.

#ifdef __cplusplus
extern "C" {
#endif

typedef enum CSimdjsonStatus {
  CSimdjsonStatusOK = 0,
  CSimdjsonStatusEmpty,
  CSimdjsonStatusTooDeep,
  CSimdjsonStatusTooLarge,
  CSimdjsonStatusBadUTF8,
  CSimdjsonStatusBadString,
  CSimdjsonStatusBadNumber,
  CSimdjsonStatusBadSyntax,
  CSimdjsonStatusNoMemory
} CSimdjsonStatus;

typedef struct CSimdjsonDocument CSimdjsonDocument;

typedef struct CSimdjsonResult {
  CSimdjsonStatus status;
  /// Owned by the caller, freed with csimdjson_free; null unless the status is OK.
  CSimdjsonDocument *_Nullable document;
  const uint64_t *_Nullable tape;
  const uint8_t *_Nullable strings;
} CSimdjsonResult;

/// Parses `count` bytes (copied; no padding needed) with at most `max_depth` nested containers. Safe to call from any thread.
CSimdjsonResult csimdjson_parse(const uint8_t *_Nullable bytes, size_t count, size_t max_depth);

void csimdjson_free(CSimdjsonDocument *_Nonnull document);

#ifdef __cplusplus
}
#endif

#endif
