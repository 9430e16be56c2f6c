#include "server/app/certificate.hpp"
#include "server/app/commands.hpp"
#include "shared/core/c_handle.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/files.hpp"
#include "shared/crypto/key_fingerprint.hpp"

#include <boost/json.hpp>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

namespace ninja3cx::app {
namespace {

using Key = CHandle<EVP_PKEY, EVP_PKEY_free>;
using Certificate = CHandle<X509, X509_free>;
using Bio = CHandle<BIO, BIO_free_all>;

/// A key with a password is no key for a server that starts alone.
int noPassword(char*, int, int, void*) {
    return -1;
}

/// What a renewal keeps, so that agents that pinned the key go on. None where the file holds no key that is good enough.
Key keyIn(const std::filesystem::path& file) {
    constexpr int kLeastSecurityBits = 112;  // RSA of 2048 bits
    const Bio bio{BIO_new_file(file.c_str(), "r")};
    Key key{bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr) : nullptr};
    ERR_clear_error();
    if (!key) return nullptr;
    const bool signsWithSha256 = EVP_PKEY_is_a(key.get(), "EC") == 1 || EVP_PKEY_is_a(key.get(), "RSA") == 1;
    if (!signsWithSha256 || EVP_PKEY_get_security_bits(key.get()) < kLeastSecurityBits) return nullptr;
    return key;
}

/// Those that every certificate of ours is for, those asked for, and without such those of the one before. The last
/// is its common name.
std::vector<std::string> hostsOf(const Arguments& arguments, const std::filesystem::path& before) {
    std::vector<std::string> all{"127.0.0.1", "::1", "localhost"};
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0') all.emplace_back(name.data());
    if (const auto old = readCertificate(before); old && !arguments.value("host"))
        all.insert(all.end(), old->names.begin(), old->names.end());
    std::string rest = arguments.value("host").value_or("");
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        if (comma != 0) all.push_back(rest.substr(0, comma));
        rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    }
    std::vector<std::string> hosts;
    for (const std::string& host : all)
        if (std::find(hosts.begin(), hosts.end(), host) == hosts.end()) hosts.push_back(host);
    return hosts;
}

bool isAddress(const std::string& host) {
    return host.find(':') != std::string::npos || host.find_first_not_of("0123456789.") == std::string::npos;
}

bool addExtension(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const CHandle<X509_EXTENSION, X509_EXTENSION_free> extension{
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())};
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

Certificate makeCertificate(EVP_PKEY* key, const std::vector<std::string>& hosts, long days) {
    Certificate certificate{X509_new()};
    std::array<unsigned char, 16> serial{};
    if (!certificate || RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) return nullptr;
    serial[0] &= 0x7F;
    const CHandle<BIGNUM, BN_free> number{BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr)};
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
    X509_set_version(certificate.get(), X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * 24 * 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    const std::string commonName = hosts.back().substr(0, 64);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(commonName.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    std::string names;
    for (const std::string& host : hosts)
        names += (names.empty() ? "" : ",") + std::string{isAddress(host) ? "IP:" : "DNS:"} + host;
    const bool isComplete =
        addExtension(certificate.get(), NID_subject_alt_name, names) &&
        addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
        addExtension(certificate.get(), NID_key_usage, "critical,digitalSignature,keyCertSign") &&
        addExtension(certificate.get(), NID_ext_key_usage, "serverAuth") &&
        addExtension(certificate.get(), NID_subject_key_identifier, "hash");
    if (!isComplete || X509_sign(certificate.get(), key, EVP_sha256()) == 0) return nullptr;
    return certificate;
}

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(length)};
}

/// The key is for this account alone; the certificate is for everybody.
Result<void> writeBoth(const std::filesystem::path& keyFile, const std::string& key,
                       const std::filesystem::path& certificateFile, const std::string& certificate) {
    if (auto written = writePrivateFile(keyFile, key); !written) return written;
    if (auto written = writePrivateFile(certificateFile, certificate); !written) return written;
    std::error_code failure;
    std::filesystem::permissions(certificateFile, std::filesystem::perms{0644}, failure);
    if (failure)
        return Error{ErrorKind::Io,
                     "cannot open to all " + certificateFile.string() + ": " + failure.message()};
    return {};
}

std::string fingerprintOf(X509* certificate) {
    std::array<unsigned char, 32> digest{};
    unsigned int length = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &length);
    std::array<char, 96> text{};  // "AB:CD:…" and the end
    OPENSSL_buf2hexstr_ex(text.data(), text.size(), nullptr, digest.data(), length, ':');
    return text.data();
}

}  // namespace

int selfSign(const Setting& setting) {
    const Arguments& arguments = setting.arguments;
    const std::string daysText = arguments.value("days").value_or("825");
    long days = 0;
    const auto [end, failure] = std::from_chars(daysText.data(), daysText.data() + daysText.size(), days);
    if (failure != std::errc{} || end != daysText.data() + daysText.size() || days < 1 || days > 3650)
        return complain("--days must be 1 to 3650", kBadUsage);
    const std::filesystem::path folder = arguments.value("out").value_or((setting.dataDir / "tls").string());
    const auto certificateFile = folder / "server.crt";
    const auto keyFile = folder / "server.key";
    if (!arguments.has("force") &&
        (std::filesystem::exists(certificateFile) || std::filesystem::exists(keyFile))) {
        const auto present = readCertificate(certificateFile);
        return complain(
            certificateFile.string() + " or its key exists" +
            (present ? ", good until " + toIso8601(present->notAfter).substr(0, 10) : "") +
            "; --force renews the certificate with the same key, for the same names unless --host gives "
            "others");
    }
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    Key key = arguments.has("new-key") ? nullptr : keyIn(keyFile);
    const bool isKeyKept = key != nullptr;
    if (!key) key.reset(EVP_EC_gen("P-256"));
    const std::vector<std::string> hosts = hostsOf(arguments, certificateFile);
    const Certificate certificate = key ? makeCertificate(key.get(), hosts, days) : nullptr;
    if (!certificate) return complain("OpenSSL cannot make a certificate for these names", kFailed);
    const Bio keyText{BIO_new(BIO_s_mem())};
    const Bio certificateText{BIO_new(BIO_s_mem())};
    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_X509(certificateText.get(), certificate.get());
    if (auto written =
            writeBoth(keyFile, textOf(keyText.get()), certificateFile, textOf(certificateText.get()));
        !written)
        return complain(written.error().detail);
    const std::string fingerprint = fingerprintOf(certificate.get());
    const std::string keyFingerprint = crypto::keyFingerprintOf(*certificate).text();
    if (arguments.wantsJson()) {
        const std::string until = toIso8601(RealClock{}.now() + std::chrono::days{days});
        std::cout << boost::json::serialize(boost::json::object{{"certificateFile", certificateFile.string()},
                                                                {"keyFile", keyFile.string()},
                                                                {"sha256", fingerprint},
                                                                {"names", boost::json::value_from(hosts)},
                                                                {"notAfter", until},
                                                                {"publicKeySha256", keyFingerprint},
                                                                {"isKeyKept", isKeyKept}})
                  << "\n";
        return kDone;
    }
    std::cout << "Certificate: " << certificateFile.string() << "\nKey:         " << keyFile.string()
              << "\nSHA-256:     " << fingerprint << "\nPublic key:  " << keyFingerprint
              << (isKeyKept ? "\n             (kept: agents that are paired with it go on)"
                            : "\n             (new: agents are paired with it, see '3cx-ninja-agent pair')")
              << "\n\nPut both files into server.tls (certificateFile, keyFile) and start the server again. "
                 "Good for "
              << days << " days.\n";
    return kDone;
}

}  // namespace ninja3cx::app
