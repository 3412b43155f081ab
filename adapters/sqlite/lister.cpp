// Makes one list at a time: several at once would only compete for memory.
#include "adapters/sqlite/lister.hpp"

#include "adapters/store/errors.hpp"

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

/// Makes the answer of each operation.
struct Lists {
  ListReader& reader;

  Result<Outcome> operator()(const ListVisitors& operation) const {
    return Outcome(reader.visitors(operation.query, operation.on_site));
  }
  Result<Outcome> operator()(const ListAgents& operation) const { return Outcome(reader.agents(operation.query)); }
  Result<Outcome> operator()(const ListDepartments& operation) const {
    return Outcome(reader.departments(operation.query));
  }
  Result<Outcome> operator()(const ListOfflineMessages& operation) const {
    return Outcome(reader.offline_messages(operation));
  }
  Result<Outcome> operator()(const ListContacts& operation) const { return Outcome(reader.contacts(operation)); }
  Result<Outcome> operator()(const ListChats& operation) const {
    const ContactId& contact = operation.filter.contact;
    if (!contact.empty() && !reader.knows(contact)) {
      return store::refusal(Code::no_such_contact, "no contact has this id");
    }
    return Outcome(reader.chats(operation));
  }
  Result<Outcome> operator()(const ListTranscripts& operation) const {
    auto made = reader.transcripts(operation);
    if (!made) return std::move(made).error();
    return Outcome(*std::move(made));
  }
  /// A read of one record that is too large for a worker.
  template <class Op>
    requires(!is_list_answer<typename Op::Answer>)
  Result<Outcome>
  operator()(const Op& operation) const { return reader.read_one(Operation(operation)); }
};

}  // namespace

Result<Outcome> Lister::list(const Operation& operation) {
  if (auto connected = connect(); !connected) return std::move(connected).error();
  Result<Outcome> outcome = std::visit(Lists{*reader_}, operation);
  if (auto fault = connection_->take_fault()) {
    if (connection_->in_transaction()) connection_->run("rollback");  // otherwise it would go on reading that commit
    return *std::move(fault);
  }
  if (reader_->too_large()) {
    return store::refusal(Code::answer_too_large,
                          "the list is too large; ask for less, page by page where the call has pages");
  }
  return outcome;
}

}  // namespace parley::sqlite
