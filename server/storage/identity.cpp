#include "server/storage/identity.hpp"

namespace ninja3cx::storage {

Result<std::string> serverIdentity(Database& database) {
    const auto id = database.text("SELECT id FROM server_identity");
    if (!id) return id.error();
    if (!*id) return Error{ErrorKind::Io, "the database has lost the server's identity: restore a backup"};
    return **id;
}

}  // namespace ninja3cx::storage
