#include "CSimdjson.h"

#include <memory>
#include <new>
#include <simdjson.h>

struct CSimdjsonDocument {
  simdjson::dom::document document;
};

namespace {

// A thread keeps the parser's work buffers between calls, but only those of documents up to this size.
constexpr size_t maxKeptBytes = 1 << 20;

CSimdjsonStatus status_of(simdjson::error_code code) {
  switch (code) {
  case simdjson::SUCCESS: return CSimdjsonStatusOK;
  case simdjson::EMPTY: return CSimdjsonStatusEmpty;
  case simdjson::DEPTH_ERROR: return CSimdjsonStatusTooDeep;
  case simdjson::CAPACITY: return CSimdjsonStatusTooLarge;
  case simdjson::UTF8_ERROR: return CSimdjsonStatusBadUTF8;
  case simdjson::STRING_ERROR:
  case simdjson::UNESCAPED_CHARS:
  case simdjson::UNCLOSED_STRING: return CSimdjsonStatusBadString;
  case simdjson::NUMBER_ERROR: return CSimdjsonStatusBadNumber;
  case simdjson::MEMALLOC: return CSimdjsonStatusNoMemory;
  default: return CSimdjsonStatusBadSyntax;
  }
}

CSimdjsonStatus parse_into(simdjson::dom::document &document, const uint8_t *bytes, size_t count, size_t max_depth) {
  thread_local simdjson::dom::parser kept;
  simdjson::dom::parser single_use;
  simdjson::dom::parser &parser = count <= maxKeptBytes ? kept : single_use;
  // simdjson counts the document itself as one level.
  const size_t levels = max_depth + 1;
  if (parser.capacity() < count || parser.max_depth() != levels) {
    const auto code = parser.allocate(count > parser.capacity() ? count : parser.capacity(), levels);
    if (code) { return status_of(code); }
  }
  simdjson::dom::element root;
  return status_of(parser.parse_into_document(document, bytes, count, true).get(root));
}

} // namespace

CSimdjsonResult csimdjson_parse(const uint8_t *bytes, size_t count, size_t max_depth) {
  if (count == 0) { return {CSimdjsonStatusEmpty, nullptr, nullptr, nullptr}; }
  std::unique_ptr<CSimdjsonDocument> owner(new (std::nothrow) CSimdjsonDocument);
  if (!owner) { return {CSimdjsonStatusNoMemory, nullptr, nullptr, nullptr}; }
  const CSimdjsonStatus status = parse_into(owner->document, bytes, count, max_depth);
  if (status != CSimdjsonStatusOK) { return {status, nullptr, nullptr, nullptr}; }
  const uint64_t *tape = owner->document.tape.get();
  const uint8_t *strings = owner->document.string_buf.get();
  return {status, owner.release(), tape, strings};
}

void csimdjson_free(CSimdjsonDocument *document) { delete document; }
