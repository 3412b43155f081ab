// A facade without a document for one type of answer.
// EXPECT: a facade has no document for a type of answer
#include "adapters/contract/endpoint.hpp"

namespace parley::contract {

struct Document {
  template <OneOf<Ref<Chat>, Page<Visitor>, Ref<Visitor>, Page<Agent>, Ref<Agent>, RecordedPage, List<Channel>,
                  OpenedChat, PostedMessage, Ref<Message>, Transcript, List<Transcript>, ClosedChats, DeletedChats,
                  Page<Department>, Ref<Department>, Ref<OfflineMessage>, Page<OfflineMessage>, DeletedOfflineMessages,
                  ErasedVisitor, Site, Ref<Contact>, Page<Contact>, DeletedContacts>
                Answer>
  Result<void> operator()(const Answer&) const {
    return {};
  }
};
Result<void> show(const Outcome& outcome) { return encode_any(outcome, Document{}); }

}  // namespace parley::contract
