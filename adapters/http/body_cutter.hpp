// Cuts a long body into pieces while it is written. The pieces are sent one by one, and each is freed once the client has taken it.
#pragma once

#include "adapters/http/reply.hpp"
#include "schemas/text.hpp"

namespace parley::http {

/// For a body that is a list of records. A body of at most one piece stays in the reply.
class BodyCutter {
 public:
  /// `reply.body` must be empty. The bound of that buffer is the bound of all pieces together. `records`: their number. If the first record
  /// suggests a body of several pieces, the memory of a piece is allocated at once.
  BodyCutter(Reply& reply, std::size_t records) : reply_(reply), bound_(reply.body.bound()), records_(records) {}

  /// Call this before each record. false: the body has exceeded its bound; stop writing.
  [[nodiscard]] bool next();
  /// Call this after the last byte. A body of several pieces becomes the reply's source.
  void finish();

 private:
  void cut();
  /// Allocates a whole piece: growth by doubling would copy what is there, and leave half of the memory unused.
  void reserve();

  Reply& reply_;
  const std::size_t bound_;
  const std::size_t records_;
  std::size_t begun_ = 0;  // records for which `next` was called
  List<Buffer> pieces_;
  std::size_t size_ = 0;  // of all pieces
};

}  // namespace parley::http
