// Contacts, the identities by which they are known, and the removal of both, on every store.
#include "tests/adapters/store/conversation.hpp"
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

Contact got(TestedStore& store, const Operation& operation) { return *store.get<Ref<Contact>>(operation); }
Contact by_contact_id(TestedStore& store, const Text& id) { return got(store, GetContact{{.id = {id}}}); }

PutContact new_contact(std::string_view name, List<Text> emails = {}, List<Text> phones = {}) {
  PutContact put{.create = true, .name = Text(name)};
  put.emails = std::move(emails);
  put.phones = std::move(phones);
  return put;
}
PutContact change_of_contact(const Text& id) { return PutContact{.contact = {id}}; }

Identity identity(IdentityKind kind, std::string_view value) {
  Identity made;
  made.kind = kind;
  made.value = value;
  return made;
}

/// The values of the identities, each behind its kind.
String known_by(const Contact& contact) {
  String all;
  for (const Identity& one : contact.identities) {
    all.append(shape::words_of<IdentityKind>[static_cast<std::size_t>(one.kind)]).append("=");
    all.append(one.value.view()).append(" ");
  }
  return all;
}

String names_of(TestedStore& store, ContactFilter filter = {}) {
  String all;
  for (const Contact& one : store.list<Contact>(ListContacts{.query = {}, .filter = std::move(filter)})) {
    all.append(one.name.view()).append(" ");
  }
  return all;
}

/// A visitor with a chat that has ended, unless `open`.
Chat chatted(TestedStore& store, std::string_view token, std::string_view email, bool open = false) {
  RegisterVisitor visitor = registration(token);
  visitor.email = Text(email);
  store.visitor(visitor);
  const Chat chat = *store.get<OpenedChat>(opening(token)).chat;
  store.get<PostedMessage>(from_visitor(chat.id, token, "Hello"));
  return open ? chat : store.chat(closing(chat.id));
}

ListChats history(const Text& contact) {
  ListChats list;
  list.filter.state = ChatFilter::State::ended;
  list.filter.contact.text = contact;
  return list;
}

}  // namespace

EVERY_STORE("a contact is made, found by what it is known by, and changed") {
  World world(kind);
  CHECK(names_of(*world.store).empty());
  const Contact ann = got(*world.store, new_contact("Ann", {"Ann@shop.example", ""}, {"+15550100"}));
  CHECK(ids::kind_of(ann.id.text) == ids::Kind::object24);
  CHECK(known_by(ann) == "email=Ann@shop.example phone=+15550100 ");
  CHECK(ann.created_at.known());
  CHECK_FALSE(ann.unknown);
  CHECK_FALSE(world->empty());
  for (const Identity& one : ann.identities) {
    CHECK(one.contact == ann.id);
    CHECK(by_contact_id(*world.store, ann.id.text).identities.size() == 2);
    CHECK(got(*world.store, GetContact{{.identity = one.id}}).id == ann.id);
  }
  world->restart();
  CHECK(got(*world.store, GetContact{{.email = "ANN@SHOP.EXAMPLE"}}).id == ann.id);
  CHECK(got(*world.store, GetContact{{.phone = "+15550100"}}).id == ann.id);
  CHECK(world->refused(GetContact{{.phone = "ann@shop.example"}}) == Code::no_such_contact);
  CHECK(world->refused(GetContact{{.email = "bob@shop.example"}}) == Code::no_such_contact);
  CHECK(world->refused(GetContact{}) == Code::no_such_contact);

  PutContact change = change_of_contact(ann.id.text);
  change.emails = List<Text>{"new@shop.example", "ann@shop.example"};
  change.fields = {named_value("company", "Shop")};
  const Contact changed = got(*world.store, change);
  CHECK(changed.name == "Ann");
  CHECK(changed.fields == change.fields);
  CHECK(known_by(changed) == "phone=+15550100 email=new@shop.example email=ann@shop.example ");
  CHECK(changed.identities[2].id == ann.identities[0].id);  // the same address, spelt in another way
  change = change_of_contact(ann.id.text);
  change.emails = List<Text>();
  CHECK(known_by(got(*world.store, change)) == "phone=+15550100 ");
  CHECK(world->refused(GetContact{{.email = "ann@shop.example"}}) == Code::no_such_contact);
  CHECK(by_contact_id(*world.store, ann.id.text).fields.size() == 1);

  CHECK(world->refused(change_of_contact("nobody")) == Code::no_such_contact);
  PutContact same = new_contact("Other");
  same.contact = ann.id;
  CHECK(world->refused(same) == Code::invalid_field);
  same.contact.text = "Ann's own id";
  got(*world.store, same);
  CHECK(by_contact_id(*world.store, ids::format(ids::to_guid("Ann's own id"))).name == "Other");
}

EVERY_STORE("the agent who looks after a contact must exist") {
  World world(kind);
  contract::Records records;
  records.agents.push_back(agent_named("bob", "Bob", "Online"));
  world.load(records);
  PutContact put = new_contact("Ann");
  put.manager = AgentId{"nobody"};
  CHECK(world->refused(put) == Code::no_such_agent);
  put.manager = AgentId{"bob"};
  const Contact ann = got(*world.store, put);
  CHECK(ann.manager.text == "bob");
  PutContact change = change_of_contact(ann.id.text);
  CHECK(got(*world.store, change).manager.text == "bob");
  change.manager.emplace();
  CHECK(got(*world.store, change).manager.empty());
}

EVERY_STORE("a value is one contact's where the vendor says so") {
  World world(kind);
  const Contact ann = got(*world.store, new_contact("Ann", {"a@shop.example"}));
  PutContact other = new_contact("Other", {"A@Shop.example"});
  got(*world.store, other);  // where the vendor does not say so
  other.unique = true;
  CHECK(world->refused(other) == Code::identity_taken);
  other.emails = List<Text>{"b@shop.example"};
  const Contact bob = got(*world.store, other);

  PutContact change = change_of_contact(bob.id.text);
  change.unique = true;
  change.identities = List<Identity>{identity(IdentityKind::email, "b@shop.example"),
                                     identity(IdentityKind::external_id, "a@shop.example")};
  CHECK(known_by(got(*world.store, change)) == "email=b@shop.example external_id=a@shop.example ");
  change.identities->push_back(identity(IdentityKind::email, "a@shop.example"));
  CHECK(world->refused(change) == Code::identity_taken);

  const PutIdentity add{
      .contact = bob.id, .create = true, .kind = IdentityKind::email, .value = Text("A@shop.example")};
  CHECK(world->refused(add) == Code::identity_taken);
  PutIdentity twice = add;
  twice.value = Text("B@shop.example");
  CHECK(world->refused(twice) == Code::identity_taken);
  const PutIdentity taken{.identity = bob.identities[0].id, .value = Text("a@shop.example")};
  CHECK(world->refused(taken) == Code::identity_taken);
}

EVERY_STORE("an identity is added, changed and removed") {
  World world(kind);
  const Contact ann = got(*world.store, new_contact("Ann"));
  PutIdentity add{
      .contact = ann.id, .create = true, .kind = IdentityKind::telegram, .value = Text("ann"), .name = Text("A")};
  const Contact with = got(*world.store, add);
  REQUIRE(with.identities.size() == 1);
  const IdentityId id = with.identities[0].id;
  CHECK(with.identities[0].name == "A");
  CHECK(got(*world.store, PutIdentity{.identity = id, .value = Text("lee")}).identities[0].name == "A");
  CHECK(names_of(*world.store, {.kind = IdentityKind::telegram, .value = "lee"}) == "Ann ");
  CHECK(names_of(*world.store, {.value = "lee"}) == "Ann ");
  CHECK(names_of(*world.store, {.kind = IdentityKind::telegram}) == "Ann ");
  CHECK(names_of(*world.store, {.identities = {id, {"other"}}}) == "Ann ");
  CHECK(names_of(*world.store, {.kind = IdentityKind::telegram, .value = "ann"}).empty());
  CHECK(names_of(*world.store, {.kind = IdentityKind::line, .value = "lee"}).empty());
  CHECK(names_of(*world.store, {.identities = {{"other"}}}).empty());

  add.contact.text = "nobody";
  CHECK(world->refused(add) == Code::no_such_contact);
  CHECK(world->refused(PutIdentity{.identity = {"nobody"}, .value = Text("x")}) == Code::no_such_contact);
  CHECK(world->refused(PutIdentity{.identity = id, .value = Text()}) == Code::invalid_field);
  CHECK(got(*world.store, DeleteIdentity{id}).identities.empty());
  CHECK(world->refused(DeleteIdentity{id}) == Code::no_such_contact);
  CHECK(names_of(*world.store, {.value = "lee"}).empty());
  CHECK(names_of(*world.store) == "Ann ");
}

EVERY_STORE("a contact has a bounded number of identities and fields") {
  World world(kind);
  PutContact put = new_contact("Ann", List<Text>(100'000, "a@shop.example"));
  put.unique = true;
  CHECK(world->refused(put) == Code::invalid_field);
  put.emails.reset();
  List<Identity>& many = put.identities.emplace();
  for (int i = 0; i < 201; ++i) many.push_back(identity(IdentityKind::external_id, std::to_string(i)));
  CHECK(world->refused(put) == Code::invalid_field);
  many.pop_back();
  const Contact full = got(*world.store, put);
  CHECK(full.identities.size() == 200);
  CHECK(
      world->refused(PutIdentity{.contact = full.id, .create = true, .kind = IdentityKind::line, .value = Text("x")}) ==
      Code::invalid_field);
  PutContact more = change_of_contact(full.id.text);
  more.emails = List<Text>{"a@shop.example"};
  CHECK(world->refused(more) == Code::invalid_field);
  PutContact fields = change_of_contact(full.id.text);
  for (int i = 0; i < 1001; ++i) fields.fields.push_back(named_value(std::to_string(i), "x"));
  CHECK(world->refused(fields) == Code::invalid_field);
}

EVERY_STORE("a visitor's first chat makes a contact of what the visitor said, or finds the one that is registered") {
  World world(kind);
  const Contact registered = got(*world.store, new_contact("Ann Lee", {"ann@shop.example"}));
  const Chat known = chatted(*world.store, "t", "ANN@shop.example");
  CHECK(known.contact == registered.id);
  const Contact ann = by_contact_id(*world.store, registered.id.text);
  CHECK(ann.name == "Ann Lee");
  CHECK_FALSE(ann.unknown);
  REQUIRE(ann.channels.size() == 1);
  CHECK(ann.channels[0].visitor == known.visitor);
  CHECK(ann.last_chat == known.id);
  CHECK(known_by(ann) == "email=ann@shop.example visitor=" + known.visitor.text.str() + " ");

  // That contact has come now: another visitor with the address is somebody else.
  RegisterVisitor other = registration("other");
  other.phone = Text("+15550100");
  world->visitor(other);
  const Chat of_other = *world->get<OpenedChat>(opening("other")).chat;
  CHECK(of_other.contact != registered.id);
  const Contact unknown = by_contact_id(*world.store, of_other.contact.text);
  CHECK(unknown.unknown);
  CHECK(known_by(unknown) == "phone=+15550100 visitor=" + of_other.visitor.text.str() + " ");

  const Contact by_phone = got(*world.store, new_contact("Bob", {}, {"+15550101"}));
  RegisterVisitor bob = registration("bob");
  bob.phone = Text("+15550101");
  world->visitor(bob);
  CHECK(world->get<OpenedChat>(opening("bob")).chat->contact == by_phone.id);
  world->chat(closing(world->get<OpenedChat>(opening("bob")).chat->id));
  CHECK(world->get<OpenedChat>(opening("bob")).chat->contact == by_phone.id);
  CHECK(world->list<Contact>(ListContacts{}).size() == 3);
}

EVERY_STORE("a contact that names a visitor is that visitor's") {
  World world(kind);
  const VisitorId visitor = world->visitor(registration("t")).id;
  PutContact put = new_contact("Ann");
  put.identities = List<Identity>{identity(IdentityKind::visitor, visitor.text.view())};
  const Contact ann = got(*world.store, put);
  CHECK(world->get<OpenedChat>(opening("t")).chat->contact == ann.id);
  CHECK(by_contact_id(*world.store, ann.id.text).channels.size() == 1);
}

EVERY_STORE("a visitor with a free-text id is named by its guid, too") {
  World world(kind);
  RegisterVisitor said = registration("t");
  said.id.text = "Ann's own id";
  world->visitor(said);
  const String guid = ids::format(ids::to_guid("Ann's own id"));
  PutContact put = new_contact("Ann");
  put.unique = true;
  put.identities = List<Identity>{identity(IdentityKind::visitor, guid)};
  const Contact ann = got(*world.store, put);
  CHECK(ann.identities[0].value == "Ann's own id");
  CHECK(names_of(*world.store, {.kind = IdentityKind::visitor, .value = Text(guid)}) == "Ann ");
  CHECK(world->refused(put) == Code::identity_taken);
  PutContact same = change_of_contact(ann.id.text);
  same.identities = put.identities;
  CHECK(got(*world.store, same).identities[0].id == ann.identities[0].id);
  CHECK(world->get<OpenedChat>(opening("t")).chat->contact == ann.id);
}

EVERY_STORE("the history of a contact is the ended chats of its visitors") {
  World world(kind);
  const Chat first = chatted(*world.store, "t", "ann@shop.example");
  const Chat second = chatted(*world.store, "t", "ann@shop.example");
  chatted(*world.store, "other", "bob@shop.example");
  const Chat open = chatted(*world.store, "t", "ann@shop.example", true);
  const List<Chat> found = world->list<Chat>(history(first.contact.text));
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == first.id);
  CHECK(found[1].id == second.id);
  CHECK(world->refused(history("nobody")) == Code::no_such_contact);
  const Contact without = got(*world.store, new_contact("Bob"));
  CHECK(world->list<Chat>(history(without.id.text)).empty());
}

EVERY_STORE("conflicts are settled one by one, or forgotten") {
  World world(kind);
  contract::Records records;
  records.agents.push_back(agent_named("bob", "Bob", "Online"));
  Contact& loaded = records.contacts.emplace_back();
  loaded.id.text = "ann";
  for (const char* field : {"name", "manager", "customFields.plan"}) {
    ContactConflict& conflict = loaded.conflicts.emplace_back();
    conflict.field = field;
    conflict.value.text = "\"other\"";
  }
  world.load(records);
  PutContact change = change_of_contact("ann");
  change.resolves = true;
  change.name = Text("Ann");
  change.fields = {named_value("plan", "gold")};
  const Contact some = got(*world.store, change);
  REQUIRE(some.conflicts.size() == 1);
  CHECK(some.conflicts[0].field == "manager");
  change = change_of_contact("ann");
  CHECK(got(*world.store, change).conflicts.size() == 1);
  change.wipes_conflicts = true;
  CHECK(got(*world.store, change).conflicts.empty());
  change.resolves = true;
  CHECK(world->refused(change) == Code::no_contact_conflicts);
  change.contact.text = "nobody";
  CHECK(world->refused(change) == Code::no_such_contact);
}

EVERY_STORE("two contacts become one, and nothing of either is lost") {
  World world(kind);
  const Chat chat = chatted(*world.store, "t", "ann@shop.example");
  const Contact other = by_contact_id(*world.store, chat.contact.text);
  PutContact put = new_contact("Ann Lee", {"lee@shop.example"}, {"+15550100"});
  put.fields = {named_value("plan", "gold")};
  const Contact kept = got(*world.store, put);
  PutContact fields = change_of_contact(other.id.text);
  fields.fields = {named_value("plan", "silver"), named_value("company", "Shop")};
  got(*world.store, fields);

  const Contact merged = got(*world.store, MergeContacts{kept.id, other.id});
  CHECK(merged.id == kept.id);
  CHECK(merged.name == "Ann Lee");
  CHECK(known_by(merged) ==
        "email=lee@shop.example phone=+15550100 email=ann@shop.example visitor=" + chat.visitor.text.str() + " ");
  for (const Identity& one : merged.identities) CHECK(one.contact == kept.id);
  CHECK(merged.identities[2].id == other.identities[0].id);
  CHECK(merged.channels == other.channels);
  CHECK(merged.fields == Attributes{named_value("plan", "gold"), named_value("company", "Shop")});
  REQUIRE(merged.conflicts.size() == 2);
  CHECK(merged.conflicts[0].field == "name");
  CHECK(merged.conflicts[1].field == "customFields.plan");
  CHECK(merged.conflicts[1].value.text == "\"silver\"");
  CHECK(merged.last_chat == chat.id);

  CHECK(world->refused(GetContact{{.id = other.id}}) == Code::no_such_contact);
  CHECK(got(*world.store, GetContact{{.email = "ann@shop.example"}}).id == kept.id);
  CHECK(got(*world.store, GetContact{{.identity = other.identities[0].id}}).id == kept.id);
  CHECK(world->chat(GetChat{{.id = chat.id}}).contact == kept.id);
  CHECK(world->list<Chat>(history(kept.id.text)).size() == 1);
  CHECK(world->get<OpenedChat>(opening("t")).chat->contact == kept.id);

  CHECK(world->refused(MergeContacts{kept.id, other.id}) == Code::no_such_contact);
  CHECK(world->refused(MergeContacts{other.id, kept.id}) == Code::no_such_contact);
  CHECK(world->refused(MergeContacts{kept.id, kept.id}) == Code::invalid_field);
}

EVERY_STORE("a contact goes with its visitors and their data, and leaves the counts of their chats") {
  World world(kind);
  const Chat chat = chatted(*world.store, "t", "ann@shop.example");
  const Chat others = chatted(*world.store, "other", "bob@shop.example");
  OfflineMessage message;
  message.email = "ann@shop.example";
  world->get<Ref<OfflineMessage>>(LeaveOfflineMessage{message});
  const DeleteContacts both{.contacts = {chat.contact, {"nobody"}, chat.contact}};
  DeleteContacts strict = both;
  strict.must_exist = true;
  CHECK(world->refused(strict) == Code::no_such_contact);

  const Chat open = chatted(*world.store, "t", "ann@shop.example", true);
  CHECK(world->refused(both) == Code::contact_has_open_chat);
  CHECK(by_contact_id(*world.store, chat.contact.text).channels.size() == 1);
  world->chat(closing(open.id));
  CHECK(world->get<DeletedContacts>(both).contacts == 1);
  CHECK(world->refused(GetContact{{.id = chat.contact}}) == Code::no_such_contact);
  CHECK(world->refused(GetContact{{.email = "ann@shop.example"}}) == Code::no_such_contact);
  CHECK(world->refused(by_token("t")) == Code::no_such_visitor);
  CHECK(world->list<OfflineMessage>(ListOfflineMessages{}).empty());
  const Chat after = world->chat(GetChat{{.id = chat.id}});
  CHECK(after.visitor.empty());
  CHECK(after.contact.empty());
  CHECK(after.visitor_messages == 1);
  CHECK(world->visitor(by_token("other")).id == others.visitor);
  CHECK(world->get<DeletedContacts>(DeleteContacts{}).contacts == 0);
  CHECK(world->get<DeletedContacts>(both).contacts == 0);
}

EVERY_STORE("visitors that several contacts know are removed from all of them at once") {
  World world(kind);
  contract::Records records;
  for (const char* id : {"v1", "v2", "v3"}) {
    Visitor& visitor = records.visitors.emplace_back();
    visitor.id.text = id;
    visitor.emails = {String(id) + "@shop.example"};
  }
  records.contacts.resize(2);
  Contact& gone = records.contacts[0];
  gone.id.text = "gone";
  Contact& stays = records.contacts[1];
  stays.id.text = "stays";
  for (const char* id : {"v1", "v2", "v3"}) {
    Channel channel;
    channel.name = id;
    channel.visitor.text = id;
    if (id != std::string_view("v3")) gone.channels.push_back(channel);
    stays.channels.push_back(channel);
    stays.identities.push_back(identity(IdentityKind::email, String(id) + "@SHOP.example"));
  }
  stays.conflicts.emplace_back().field = "name";
  stays.fields = {named_value("plan", "gold"), named_value("size", "xl")};
  records.visitors[0].attributes = {named_value("plan", "gold"), named_value("size", "s")};
  world.load(records);
  CHECK(world->get<DeletedContacts>(DeleteContacts{.contacts = {{"gone"}}}).contacts == 1);
  const Contact left = by_contact_id(*world.store, "stays");
  REQUIRE(left.channels.size() == 1);
  CHECK(left.channels[0].name == "v3");
  CHECK(known_by(left) == "email=v3@SHOP.example ");
  CHECK(left.conflicts.empty());
  CHECK(left.fields == Attributes{named_value("size", "xl")});
  world->get<ErasedVisitor>(DeleteVisitor{.visitor = {"v3"}});
  CHECK(world->refused(GetContact{{.id = {"stays"}}}) == Code::no_such_contact);
}

EVERY_STORE("a loaded contact's identities get their ids, always the same ones") {
  World world(kind);
  contract::Records records;
  Contact& loaded = records.contacts.emplace_back();
  loaded.id.text = "ann";
  loaded.identities = {identity(IdentityKind::email, "a@shop.example"), identity(IdentityKind::phone, "1")};
  loaded.identities[1].id.text = "own";
  loaded.identities.push_back(identity(IdentityKind::line, "x"));
  loaded.identities[2].deleted = true;
  world.load(records);
  const Contact ann = by_contact_id(*world.store, "ann");
  CHECK(ids::parse_guid(ann.identities[0].id.text).has_value());
  CHECK(ann.identities[1].id.text == "own");
  CHECK(ann.identities[0].contact.text == "ann");
  CHECK(names_of(*world.store, {.kind = IdentityKind::line, .value = "x"}).empty());
  CHECK(got(*world.store, GetContact{{.identity = {ids::format(ids::to_guid("own"))}}}).id.text == "ann");
  world.load(records);
  CHECK(by_contact_id(*world.store, "ann") == ann);
  CHECK(world->list<Contact>(ListContacts{}).size() == 1);
}

EVERY_STORE("an agent can note a visitor who is not there") {
  World world(kind);
  contract::Records records;
  Agent bob = agent_named("b", "Bob", "Online");
  bob.username = "bob";
  records.agents.push_back(bob);
  world.load(records);
  RegisterVisitor noted = registration("t");
  noted.by_agent = true;
  noted.email = Text("ann@shop.example");
  noted.phone = Text("1");
  noted.manager = "nobody";
  CHECK(world->refused(noted) == Code::no_such_agent);
  noted.manager = "bob";
  noted.extensions = {{"rocketchat.visitor", "contactManager", R"({"username":"bob"})"}};
  const Visitor made = world->visitor(noted);
  CHECK(made.status == VisitorStatus::out_of_site);
  CHECK(made.visits == 0);
  CHECK(made.extensions == noted.extensions);
  ListVisitors here;
  here.on_site = true;
  CHECK(world->list<Visitor>(here).empty());
  noted.email = Text();
  noted.phone.reset();
  const Visitor changed = world->visitor(noted);
  CHECK(changed.id == made.id);
  CHECK(changed.emails.empty());
  CHECK(changed.phones == made.phones);
  CHECK(changed.extensions.size() == 1);
}
