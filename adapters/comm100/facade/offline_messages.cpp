// See offline_messages.hpp.
#include "adapters/comm100/facade/offline_messages.hpp"

#include "adapters/comm100/facade/read_request.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/comm100/site_bodies.hpp"
#include "adapters/contract/own_counts.hpp"

namespace parley::comm100 {
namespace {

using http::Reply;
using http::Request;

Result<OfflineMessageRef> path_message(const Request& request) {
  Result<RecordName> name = path_name(request);
  if (!name) return std::move(name).error();
  return offline_message_ref(*std::move(name));
}

/// Asks for the messages of a department. The guid of a department whose id is free text does not give that id back, so the documents are
/// compared, which show the guid.
void ask_for(String department, ListOfflineMessages& operation) {
  const std::optional<ids::Guid> guid = ids::parse_guid(department);
  if (guid && ids::may_be_mapped(*guid)) {
    operation.query.shape = &shape::view<offline_message>;
    ListTest same{.kind = ListTest::Kind::equals, .path = {"departmentId"}, .values = {std::move(department)}};
    operation.query.conditions.push_back({{std::move(same)}});
  } else {
    const bool none = guid && *guid == ids::Guid{};
    operation.filter.department = DepartmentId{none ? Text() : Text(std::move(department))};
  }
}

}  // namespace

Result<GetOfflineMessage> read_offline_message(const Facade&, const Request& request) {
  Result<OfflineMessageRef> message = path_message(request);
  if (!message) return std::move(message).error();
  return GetOfflineMessage{.message = *std::move(message)};
}

Result<ListOfflineMessages> search_offline_messages(const Facade&, const Request& request, AskedPage& page) {
  ListOfflineMessages operation;
  Result<Search> search = read_search_body(request, shape::view<offline_search>);
  if (!search) return std::move(search).error();
  operation.filter.from = search->from;
  operation.filter.to = search->to;
  Result<String> department = asked_department(request, search->filters);
  if (!department) return std::move(department).error();
  if (!department->empty()) ask_for(*std::move(department), operation);
  Result<Order> order = read_order(request, shape::view<offline_message>, "createdTime", true, "an offline message");
  if (!order) return std::move(order).error();
  operation.filter.newest_first = order->falling;
  if (!order->keys.empty()) operation.query.shape = &shape::view<offline_message>;
  operation.query.order = std::move(order->keys);
  if (Result<void> read = read_page(request, operation.query, page); !read) return std::move(read).error();
  return operation;
}

Result<ChangeOfflineMessage> put_offline_message(const Facade&, const Request& request) {
  Result<OfflineMessageRef> message = path_message(request);
  if (!message) return std::move(message).error();
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  OfflineMessageUpdate update;
  shape::Reading reading(true);
  shape::read_object(shape::view<offline_message_update>, body.root(), &update, reading);
  if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
  return operation_of(std::move(update), *std::move(message));
}

Result<DeleteOfflineMessages> delete_offline_message(const Facade&, const Request& request) {
  Result<OfflineMessageRef> message = path_message(request);
  if (!message) return std::move(message).error();
  return DeleteOfflineMessages{.messages = {*std::move(message)}};
}

Result<DeleteOfflineMessages> delete_offline_messages(const Facade&, const Request& request) {
  Result<List<RecordName>> names = body_names(request, shape::view<offline_message_key>);
  if (!names) return std::move(names).error();
  DeleteOfflineMessages operation;
  operation.messages.reserve(names->size());
  for (RecordName& name : *names) operation.messages.push_back(offline_message_ref(std::move(name)));
  return operation;
}

Result<void> write_offline_message(const Facade& facade, const Ref<OfflineMessage>& answer, Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  shape::Writer writer(reply.body);
  answer.write(shape::view<offline_message>, writer, facade.reports_losses() ? &reply.losses : nullptr);
  writer.finish();
  contract::forgive_own_counts(reply.losses);
  return {};
}

Result<void> write_offline_messages(const Facade& facade, const AskedPage& page, const Page<OfflineMessage>& answer,
                                    Reply& reply) {
  write_envelope(facade, "\"list\":", shape::view<offline_message>, page, answer, reply);
  contract::forgive_own_counts(reply.losses);
  return {};
}

Result<void> write_no_offline_messages(const Facade&, const DeletedOfflineMessages&, Reply& reply) {
  reply.status = 204;
  return {};
}

}  // namespace parley::comm100
