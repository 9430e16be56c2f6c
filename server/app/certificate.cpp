#include "server/app/certificate.hpp"

#include "shared/core/c_handle.hpp"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

namespace ninja3cx::app {
namespace {

using Certificate = CHandle<X509, X509_free>;
using Key = CHandle<EVP_PKEY, EVP_PKEY_free>;
using File = CHandle<BIO, BIO_free_all>;

constexpr auto kSoon = std::chrono::days{30};

Result<File> openFile(const std::filesystem::path& path) {
    File file{BIO_new_file(path.c_str(), "r")};
    if (!file)
        return Error{ErrorKind::Io,
                     path.string() + " cannot be read: " + std::system_category().message(errno)};
    return file;
}

Result<Certificate> load(const std::filesystem::path& path) {
    auto file = openFile(path);
    if (!file) return file.error();
    Certificate certificate{PEM_read_bio_X509(file->get(), nullptr, nullptr, nullptr)};
    if (!certificate)
        return Error{ErrorKind::BadMessage, path.string() + " holds no certificate in PEM form"};
    return certificate;
}

SystemTime timeOf(const ASN1_TIME* time) {
    std::tm parts{};
    ASN1_TIME_to_tm(time, &parts);
    return std::chrono::time_point_cast<SystemTime::duration>(
        std::chrono::system_clock::from_time_t(::timegm(&parts)));
}

std::string nameOf(const GENERAL_NAME& name) {
    int type = 0;
    const void* value = GENERAL_NAME_get0_value(&name, &type);
    if (type != GEN_DNS && type != GEN_IPADD) return {};  // the value of others is no string
    const auto* text = static_cast<const ASN1_STRING*>(value);
    const auto* data = ASN1_STRING_get0_data(text);
    const int length = ASN1_STRING_length(text);
    if (type == GEN_DNS) return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(length)};
    if (length != 4 && length != 16) return {};
    std::array<char, INET6_ADDRSTRLEN> address{};
    ::inet_ntop(length == 4 ? AF_INET : AF_INET6, data, address.data(), address.size());
    return address.data();
}

/// A key with a password is no key for a server that starts alone.
int noPassword(char*, int, int, void*) {
    return -1;
}

}  // namespace

Result<CertificateInfo> readCertificate(const std::filesystem::path& file) {
    const auto certificate = load(file);
    if (!certificate) return certificate.error();
    CertificateInfo info;
    info.notBefore = timeOf(X509_get0_notBefore(certificate->get()));
    info.notAfter = timeOf(X509_get0_notAfter(certificate->get()));
    info.key = crypto::keyFingerprintOf(**certificate);
    const CHandle<GENERAL_NAMES, GENERAL_NAMES_free> names{static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate->get(), NID_subject_alt_name, nullptr, nullptr))};
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        std::string name = nameOf(*sk_GENERAL_NAME_value(names.get(), i));
        if (!name.empty()) info.names.push_back(std::move(name));
    }
    return info;
}

Result<void> checkKey(const std::filesystem::path& keyFile, const std::filesystem::path& certificateFile) {
    const auto certificate = load(certificateFile);
    if (!certificate) return certificate.error();
    const auto file = openFile(keyFile);
    if (!file) return file.error();
    const Key key{PEM_read_bio_PrivateKey(file->get(), nullptr, noPassword, nullptr)};
    if (!key)
        return Error{ErrorKind::BadMessage,
                     keyFile.string() + " holds no private key in PEM form, or one with a password"};
    if (X509_check_private_key(certificate->get(), key.get()) != 1)
        return Error{ErrorKind::Conflict,
                     keyFile.string() + " is not the key of " + certificateFile.string()};
    return {};
}

Validity validityOf(const CertificateInfo& certificate, SystemTime now) {
    if (now < certificate.notBefore) return Validity::NotYet;
    if (now >= certificate.notAfter) return Validity::Ended;
    return certificate.notAfter - now < kSoon ? Validity::EndsSoon : Validity::Good;
}

}  // namespace ninja3cx::app
