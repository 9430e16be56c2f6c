#include "shared/tests/test_certificate.hpp"

#include "shared/core/c_handle.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <cstdint>
#include <stdexcept>

namespace ninja3cx::test {
namespace {

using Certificate = CHandle<X509, X509_free>;
using Extension = CHandle<X509_EXTENSION, X509_EXTENSION_free>;
using File = CHandle<BIO, BIO_free_all>;

void require(bool isTrue) {
    if (!isTrue) throw std::runtime_error{"OpenSSL cannot make a test certificate"};
}

void addExtension(X509* certificate, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension{X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str())};
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

}  // namespace

TestKey::TestKey() : key_(EVP_EC_gen("P-256"), EVP_PKEY_free) {
    require(key_ != nullptr);
}

TestCertificate::TestCertificate(const TestKey& key, const std::string& names, long fromS, long untilS) {
    std::string pattern = (std::filesystem::temp_directory_path() / "certificate-XXXXXX").string();
    require(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;

    const Certificate certificate{X509_new()};
    require(certificate != nullptr);
    std::uint32_t serial = 0;  // one certificate is not another with the same key
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), fromS);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), untilS);
    X509_set_pubkey(certificate.get(), key.get());
    auto* const subject = X509_get_subject_name(certificate.get());
    const std::string name = "test";
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    addExtension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate.get(), NID_subject_alt_name, names);
    require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    fingerprint_ = crypto::keyFingerprintOf(*certificate);

    const File certificateOut{BIO_new_file(certificateFile().c_str(), "w")};
    require(certificateOut && PEM_write_bio_X509(certificateOut.get(), certificate.get()) == 1);
    const File keyOut{BIO_new_file(keyFile().c_str(), "w")};
    require(keyOut &&
            PEM_write_bio_PrivateKey(keyOut.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

TestCertificate::~TestCertificate() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace ninja3cx::test
