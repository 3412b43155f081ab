// Makes one list at a time: several at once would only compete for memory.
#include "adapters/sqlite/lister.hpp"

namespace parley::sqlite {

Lister::Lister(String path) : path_(std::move(path)), queue_(64) {
  static_cast<void>(connect());  // after a failure, the first list tries again
  thread_ = std::thread([this] { run(); });
}

Lister::~Lister() {
  queue_.close();
  thread_.join();
}

void Lister::run() {
  for (;;) {
    store::JobList jobs = queue_.take(1);
    if (jobs.size == 0) return;
    auto& job = static_cast<ListJob&>(*jobs.first);
    job.result = list(job.operation);
    if (job.result) job.bytes = reader_->bytes();
    job.home->deliver(jobs);
  }
}

Result<void> Lister::connect() {
  if (reader_) return {};
  auto opened = Connection::open(path_, Connection::Mode::read);
  if (!opened) return std::move(opened).error();
  connection_ = *std::move(opened);
  reader_ = std::make_unique<ListReader>(*connection_);
  return {};
}

namespace {

/// Makes the list of each operation that answers with a page.
struct Lists {
  ListReader& reader;

  Outcome operator()(const ListVisitors& operation) const { return reader.visitors(operation.query); }
  Outcome operator()(const ListAgents& operation) const { return reader.agents(operation.query); }
  Outcome operator()(const ListChats& operation) const { return reader.open_chats(operation.query); }
  template <class Op>
    requires(!is_page<typename Op::Answer>)
  Outcome operator()(const Op&) const {
    return {};  // not reached: only list operations come here
  }
};

}  // namespace

Result<Outcome> Lister::list(const Operation& operation) {
  if (auto connected = connect(); !connected) return std::move(connected).error();
  Outcome outcome = std::visit(Lists{*reader_}, operation);
  if (auto fault = connection_->take_fault()) {
    if (connection_->in_transaction()) connection_->run("rollback");  // otherwise it would go on reading that commit
    return *std::move(fault);
  }
  return outcome;
}

}  // namespace parley::sqlite
