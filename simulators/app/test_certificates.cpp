#include "simulators/app/test_certificates.hpp"

#include "shared/core/c_handle.hpp"
#include "shared/core/files.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>

namespace ninja3cx::simulators {
namespace {

using Key = CHandle<EVP_PKEY, EVP_PKEY_free>;
using Certificate = CHandle<X509, X509_free>;
using Bio = CHandle<BIO, BIO_free_all>;

constexpr long kDayS = 86'400;

/// What stands in a certificate.
struct Wish {
    const char* commonName;
    const char* names;  // empty: an authority
    long fromS;         // from now
    long toS;
    long serial;
};

Error failed(const std::string& what) {
    return {ErrorKind::Io, "profile.tls: cannot make a certificate: " + what};
}

bool extend(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const CHandle<X509_EXTENSION, X509_EXTENSION_free> extension{
        X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Without an issuer it signs itself.
Certificate issue(const Wish& wish, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuerKey) {
    Certificate certificate{X509_new()};
    if (!certificate) return nullptr;
    X509* const made = certificate.get();
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), wish.serial);
    X509_gmtime_adj(X509_getm_notBefore(made), wish.fromS);
    X509_gmtime_adj(X509_getm_notAfter(made), wish.toS);
    X509_set_pubkey(made, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wish.commonName), -1, -1, 0);
    X509* const by = issuer ? issuer : made;
    X509_set_issuer_name(made, X509_get_subject_name(by));
    const bool isAuthority = !issuer;
    bool isComplete =
        extend(made, by, NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
        extend(made, by, NID_subject_key_identifier, "hash") &&
        extend(made, by, NID_key_usage,
               isAuthority ? "critical,digitalSignature,keyCertSign" : "critical,digitalSignature");
    if (*wish.names != '\0')
        isComplete = isComplete && extend(made, by, NID_subject_alt_name, wish.names) &&
                     extend(made, by, NID_ext_key_usage, "serverAuth");
    if (!isComplete || X509_sign(made, issuer ? issuerKey : key, EVP_sha256()) == 0) return nullptr;
    return certificate;
}

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(length)};
}
std::string pemOf(X509* certificate) {
    const Bio bio{BIO_new(BIO_s_mem())};
    return PEM_write_bio_X509(bio.get(), certificate) == 1 ? textOf(bio.get()) : std::string{};
}
std::string pemOf(EVP_PKEY* key) {
    const Bio bio{BIO_new(BIO_s_mem())};
    return PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1
               ? textOf(bio.get())
               : std::string{};
}

}  // namespace

Result<TestCertificates> TestCertificates::make(const std::string& kind) {
    std::string pattern = (std::filesystem::temp_directory_path() / "3cx-ninja-sim-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) return failed("no folder " + pattern);
    TestCertificates made{pattern};
    const Key key{EVP_EC_gen("P-256")};
    const Key authorityKey{EVP_EC_gen("P-256")};
    const char* const here = "IP:127.0.0.1,IP:::1,DNS:localhost";
    const Certificate authority =
        issue({"3CX simulator's authority", "", -kDayS, kDayS, 1}, authorityKey.get(), nullptr, nullptr);
    const Wish wish{"pbx.example", kind == "wrong-name" ? "DNS:other-pbx.example" : here, -2 * kDayS,
                    kind == "expired" ? -kDayS : kDayS, 2};
    const bool isSelfSigned = kind == "self-signed";
    const Certificate certificate = issue(wish, key.get(), isSelfSigned ? nullptr : authority.get(),
                                          isSelfSigned ? nullptr : authorityKey.get());
    if (!key || !authority || !certificate) return failed("OpenSSL did not make it");
    const std::string trusted = pemOf(isSelfSigned ? certificate.get() : authority.get());
    if (auto e = writePrivateFile(made.keyFile(), pemOf(key.get())); !e) return e.error();
    if (auto e = writePrivateFile(made.certificateFile(), pemOf(certificate.get())); !e) return e.error();
    if (auto e = writePrivateFile(made.caFile(), trusted); !e) return e.error();
    return made;
}

TestCertificates::~TestCertificates() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace ninja3cx::simulators
