// One list at a time: several at once would only fight for memory.
#include "adapters/sqlite/lister.hpp"

#include "adapters/store/participants.hpp"

namespace parley::sqlite {

Lister::Lister(String path) : path_(std::move(path)), queue_(64) {
  static_cast<void>(connect());  // what fails now is tried again
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
    job.result = list(job.kind);
    job.home->deliver(jobs);
  }
}

Result<void> Lister::connect() {
  if (tables_) return {};
  auto opened = Connection::open(path_, Connection::Mode::read);
  if (!opened) return std::move(opened).error();
  connection_ = *std::move(opened);
  tables_ = std::make_unique<Tables>(*connection_);
  return {};
}

Result<Outcome> Lister::list(OperationKind kind) {
  if (auto connected = connect(); !connected) return std::move(connected).error();
  Outcome outcome = kind == operation_kind<ListAgents>  ? Outcome(Page<Agent>{tables_->agents()})
                    : kind == operation_kind<ListChats> ? Outcome(Page<Chat>{open_chats()})
                                                        : Outcome(Page<Visitor>{tables_->visitors()});
  if (auto fault = connection_->take_fault()) return *std::move(fault);
  return outcome;
}

List<Chat> Lister::open_chats() {
  connection_->run("begin");  // chats, visitors and agents as of one commit
  List<Chat> chats = tables_->open_chats();
  for (Chat& chat : chats) {
    if (!store::refresh_participants(chat, *tables_, store::ChatDetail::of_visit))
      break;  // the fault is asked for at the end
  }
  connection_->run("commit");
  return chats;
}

}  // namespace parley::sqlite
