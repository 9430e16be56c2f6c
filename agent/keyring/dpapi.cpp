#include "agent/keyring/key_vault.hpp"

// clang-format off: windows.h comes before what needs it
#include <dpapi.h>
#include <windows.h>
// clang-format on

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace ninja3cx::agent {
namespace {

namespace fs = std::filesystem;

Error failed(const std::string& doing) {
    return Error{ErrorKind::Io, "DPAPI: cannot " + doing + ": error " + std::to_string(::GetLastError())};
}

/// What DPAPI gave, until it is wiped and freed.
class Blob {
public:
    Blob() = default;
    Blob(const Blob&) = delete;
    Blob& operator=(const Blob&) = delete;
    ~Blob() {
        if (!blob_.pbData) return;
        ::SecureZeroMemory(blob_.pbData, blob_.cbData);
        ::LocalFree(blob_.pbData);
    }
    DATA_BLOB* get() { return &blob_; }
    const BYTE* begin() const { return blob_.pbData; }
    std::size_t size() const { return blob_.cbData; }

private:
    DATA_BLOB blob_{};
};

DATA_BLOB blobOf(std::vector<BYTE>& bytes) {
    return {static_cast<DWORD>(bytes.size()), bytes.data()};
}

/// The key in a file that this account's session alone can open.
class DpapiVault final : public KeyVault {
public:
    explicit DpapiVault(fs::path file) : file_(std::move(file)) {}

    Result<std::optional<crypto::Key>> load() override {
        std::ifstream in{file_, std::ios::binary};
        std::error_code failure;
        if (!in && !fs::exists(file_, failure)) return std::optional<crypto::Key>{};
        if (!in) return Error{ErrorKind::Io, "DPAPI: cannot read " + file_.string()};
        std::vector<BYTE> sealed{std::istreambuf_iterator<char>{in}, {}};
        DATA_BLOB from = blobOf(sealed);
        Blob plain;
        if (!::CryptUnprotectData(&from, nullptr, nullptr, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN,
                                  plain.get()))
            return failed("open " + file_.string());
        crypto::Key key{};
        if (plain.size() != key.size())
            return Error{ErrorKind::Io, "DPAPI: " + file_.string() + " holds no key of the agent"};
        std::copy_n(plain.begin(), key.size(), key.begin());
        return std::optional{key};
    }

    Result<void> store(const crypto::Key& key) override {
        std::vector<BYTE> plain{key.begin(), key.end()};
        DATA_BLOB from = blobOf(plain);
        Blob sealed;
        const bool isSealed = ::CryptProtectData(&from, L"3CX-NinjaOne recordings", nullptr, nullptr, nullptr,
                                                 CRYPTPROTECT_UI_FORBIDDEN, sealed.get());
        ::SecureZeroMemory(plain.data(), plain.size());
        if (!isSealed) return failed("seal the key");
        const fs::path fresh = fs::path{file_} += ".new";
        {
            std::ofstream out{fresh, std::ios::binary | std::ios::trunc};
            out.write(reinterpret_cast<const char*>(sealed.begin()),
                      static_cast<std::streamsize>(sealed.size()));
            out.flush();
            if (!out) return Error{ErrorKind::Io, "DPAPI: cannot write " + fresh.string()};
        }
        if (!::MoveFileExW(fresh.c_str(), file_.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
            return failed("replace " + file_.string());
        return {};
    }

private:
    fs::path file_;
};

}  // namespace

std::unique_ptr<KeyVault> systemVault(const fs::path& agentFolder) {
    return std::make_unique<DpapiVault>(agentFolder / "spool.key.dpapi");
}

}  // namespace ninja3cx::agent
