// Cuts a long body into pieces while it is written: it is sent piece by piece, and its memory is given back as the client takes it.
#pragma once

#include "adapters/http/reply.hpp"
#include "schemas/text.hpp"

namespace parley::http {

/// For a body that is a list of records. One that is not longer than a piece stays in the reply as it is.
class BodyCutter {
 public:
  /// `reply.body` is empty. The bound of that buffer bounds the pieces together.
  explicit BodyCutter(Reply& reply) : reply_(reply), bound_(reply.body.bound()) {}

  /// Before each record. False: the body is beyond its bound already, and nothing more need be written.
  [[nodiscard]] bool next();
  /// Behind the last byte: a body of several pieces becomes the reply's source.
  void finish();

 private:
  void cut();

  Reply& reply_;
  const std::size_t bound_;
  List<Buffer> pieces_;
  std::size_t size_ = 0;  // of all of them
};

}  // namespace parley::http
