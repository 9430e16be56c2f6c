#include "server/storage/migrations.hpp"

#include <array>

namespace ninja3cx::storage {
namespace {

// A step that has been released is never changed: a change of the tables is a new step at the end.
// "record" columns hold the JSON of the struct of the same name in shared/protocol; the columns beside it are
// what queries need. All moments are ms since 1970 UTC.
constexpr std::array kSteps{
    // 1: calls and what comes of them
    R"sql(
CREATE TABLE calls (
    call_id        TEXT PRIMARY KEY,
    extension      TEXT NOT NULL,
    stage          TEXT NOT NULL,
    remote_number  TEXT NOT NULL,
    started_at_ms  INTEGER NOT NULL,
    phone_key      TEXT NOT NULL,
    is_transcript_erased INTEGER NOT NULL DEFAULT 0,
    record         TEXT NOT NULL
);
CREATE INDEX calls_by_start ON calls (started_at_ms, call_id);
CREATE INDEX calls_by_extension ON calls (extension, started_at_ms);
CREATE INDEX calls_unfinished ON calls (stage) WHERE stage <> 'closed';

CREATE TABLE utterances (
    id             INTEGER PRIMARY KEY,
    call_id        TEXT NOT NULL REFERENCES calls ON DELETE CASCADE,
    utterance_id   TEXT NOT NULL,
    channel        TEXT NOT NULL,
    revision       INTEGER NOT NULL,
    is_provisional INTEGER NOT NULL,
    start_ms       INTEGER NOT NULL,
    end_ms         INTEGER NOT NULL,
    stable_bytes   INTEGER NOT NULL,
    lag_ms         INTEGER NOT NULL,
    text           TEXT NOT NULL,
    UNIQUE (call_id, utterance_id)
);
CREATE VIRTUAL TABLE utterances_fts USING fts5 (
    text, content = 'utterances', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER utterances_indexed AFTER INSERT ON utterances BEGIN
    INSERT INTO utterances_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER utterances_unindexed AFTER DELETE ON utterances BEGIN
    INSERT INTO utterances_fts (utterances_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER utterances_reindexed AFTER UPDATE OF id, text ON utterances BEGIN
    INSERT INTO utterances_fts (utterances_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO utterances_fts (rowid, text) VALUES (new.id, new.text);
END;

CREATE TABLE analyses (
    call_id        TEXT PRIMARY KEY REFERENCES calls ON DELETE CASCADE,
    category       TEXT NOT NULL,
    record         TEXT NOT NULL
);
CREATE INDEX analyses_by_category ON analyses (category);

-- "fields": as edited; "generated": as the analysis made them; "record": the rest of the draft.
CREATE TABLE drafts (
    draft_id       TEXT PRIMARY KEY,
    call_id        TEXT NOT NULL REFERENCES calls ON DELETE CASCADE,
    is_open        INTEGER NOT NULL,  -- neither discarded nor delivered nor given up
    revision       INTEGER NOT NULL,
    changed_at_ms  INTEGER NOT NULL,
    delivery_state TEXT NOT NULL,
    ticket_id      INTEGER,
    fields         TEXT NOT NULL,
    generated      TEXT NOT NULL,
    record         TEXT NOT NULL
);
CREATE INDEX drafts_by_call ON drafts (call_id);
CREATE INDEX drafts_open ON drafts (draft_id) WHERE is_open;
CREATE INDEX drafts_by_delivery ON drafts (delivery_state, changed_at_ms);

-- One row for each draft that became a ticket, for ever. When its call is erased the row stays without "record":
-- no personal data, but never a second ticket for the same draft.
CREATE TABLE outbox (
    draft_id       TEXT PRIMARY KEY,
    call_id        TEXT NOT NULL,
    marker         TEXT NOT NULL UNIQUE,
    is_open        INTEGER NOT NULL,  -- delivery has something left to do or to be decided
    delivery_state TEXT NOT NULL,
    ticket_id      INTEGER,
    created_at_ms  INTEGER NOT NULL,
    record         TEXT
);
CREATE INDEX outbox_by_call ON outbox (call_id);
CREATE INDEX outbox_open ON outbox (draft_id) WHERE is_open;

CREATE TABLE audit (
    id             INTEGER PRIMARY KEY,
    at_ms          INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    action         TEXT NOT NULL,
    about          TEXT NOT NULL
);
CREATE INDEX audit_by_about ON audit (about);
CREATE INDEX audit_by_time ON audit (at_ms);

-- Present from an erasure until the file has been rewritten without what was erased.
CREATE TABLE compaction_due (since_ms INTEGER NOT NULL);
)sql",
    // 2: keys that open the server
    R"sql(
CREATE TABLE api_keys (
    key_id          TEXT PRIMARY KEY,
    hash            TEXT NOT NULL UNIQUE,
    role            TEXT NOT NULL,
    extension       TEXT,
    label           TEXT NOT NULL,
    created_at_ms   INTEGER NOT NULL,
    revoked_at_ms   INTEGER,
    last_used_at_ms INTEGER
);
)sql",
    // 3: earlier sweeps took the utterances only: the next one takes the words of analyses and drafts too.
    // is_transcript_erased: 1 all words are gone, 2 all but those of a draft that waits.
    R"sql(
UPDATE calls SET is_transcript_erased = 0;
)sql",
    // 4: the newest restore of a backup, if there was one
    R"sql(
CREATE TABLE restored (at_ms INTEGER NOT NULL);
)sql",
    // 5: calls as a better model heard them after their end; "utterances" stay what was heard live. Not in the
    // search index. hearings: how often that began without an end.
    R"sql(
CREATE TABLE transcript_versions (
    call_id        TEXT NOT NULL REFERENCES calls ON DELETE CASCADE,
    version        INTEGER NOT NULL,  -- from 2 on
    model          TEXT NOT NULL,
    made_at_ms     INTEGER NOT NULL,
    PRIMARY KEY (call_id, version)
);
CREATE TABLE version_utterances (
    call_id        TEXT NOT NULL,
    version        INTEGER NOT NULL,
    utterance_id   TEXT NOT NULL,
    channel        TEXT NOT NULL,
    start_ms       INTEGER NOT NULL,
    end_ms         INTEGER NOT NULL,
    text           TEXT NOT NULL,
    corrections    TEXT,  -- as of utterances
    PRIMARY KEY (call_id, version, utterance_id),
    FOREIGN KEY (call_id, version) REFERENCES transcript_versions ON DELETE CASCADE
);
CREATE TABLE hearings (
    call_id        TEXT PRIMARY KEY REFERENCES calls ON DELETE CASCADE,
    begun          INTEGER NOT NULL
);
)sql",
    // 6: what was heard in place of corrected words: JSON of protocol::Utterance::corrections; NULL: none
    R"sql(
ALTER TABLE utterances ADD COLUMN corrections TEXT;
)sql",
    // 7: a ticket's draft is found when NinjaOne shows that the ticket has changed
    R"sql(
CREATE INDEX drafts_ticket ON drafts (ticket_id) WHERE ticket_id IS NOT NULL;
)sql",
    // 8: whose data these are: recordings on the agents' computers wait for the server that they were made for
    R"sql(
CREATE TABLE server_identity (id TEXT NOT NULL);
INSERT INTO server_identity VALUES ('s-' || lower(hex(randomblob(8))));
)sql",
};

}  // namespace

int newestSchemaVersion() {
    return static_cast<int>(kSteps.size());
}

Result<int> schemaVersion(Database& database) {
    auto application = database.integer("PRAGMA application_id");
    if (!application) return application.error();
    auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    if (**tables == 0) return 0;
    if (**application != kApplicationId)
        return Error{ErrorKind::Rejected, "this is the database of another program"};
    auto version = database.integer("SELECT max(version) FROM schema_version");
    if (!version) return version.error();
    return static_cast<int>(version->value_or(0));
}

Result<void> migrate(Database& database, int target) {
    for (;;) {
        bool isDone = false;
        auto stepped = database.atomically([&]() -> Result<void> {
            auto version = schemaVersion(database);
            if (!version) return version.error();
            if (*version > newestSchemaVersion())
                return Error{ErrorKind::Rejected,
                             "the database has version " + std::to_string(*version) +
                                 ", this program knows versions up to " +
                                 std::to_string(newestSchemaVersion()) +
                                 ": install the program that made it, or restore an older backup"};
            if (*version >= target) {
                isDone = true;
                return {};
            }
            if (*version == 0) {
                auto begun = database.script(
                    "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)");
                if (begun)
                    begun = database.script(
                        ("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
                if (!begun) return begun;
            }
            if (auto done = database.script(kSteps[static_cast<std::size_t>(*version)]); !done)
                return inContext("step " + std::to_string(*version + 1) + " of the tables", done.error());
            auto noted = database.run("INSERT INTO schema_version VALUES (?, datetime('now'))", *version + 1);
            if (!noted) return noted.error();
            return {};
        });
        if (!stepped || isDone) return stepped;
    }
}

}  // namespace ninja3cx::storage
