// Each read is one transaction.
#include "adapters/sqlite/reader.hpp"

#include "adapters/store/errors.hpp"
#include "adapters/store/execute.hpp"

namespace parley::sqlite {

Result<std::unique_ptr<Reader>> Reader::open(const String& path) {
  auto connection = Connection::open(path, Connection::Mode::read);
  if (!connection) return std::move(connection).error();
  return std::unique_ptr<Reader>(new Reader(*std::move(connection)));
}

Reader::Reader(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)),
      tables_(*connection_),
      begin_(*connection_, "begin"),
      commit_(*connection_, "commit") {}

Result<Outcome> Reader::read(const Operation& operation, store::Gathered& gathered) {
  begin_.run();
  Result<Outcome> outcome = store::read(operation, tables_, gathered);
  commit_.run();
  if (auto fault = connection_->take_fault()) {
    if (connection_->in_transaction()) connection_->run("rollback");  // otherwise it would go on reading that commit
    return *std::move(fault);
  }
  return outcome;
}

Result<void> Reader::read_part(std::string_view file, std::int64_t part, Buffer& out) {
  const bool there = tables_.append_part(file, part, out);
  if (auto fault = connection_->take_fault()) return *std::move(fault);
  if (there) return {};
  return store::refusal(Code::no_such_file, "the file has no such part; it was removed");
}

}  // namespace parley::sqlite
