#include "simulators/ninja_one/seed.hpp"

#include "shared/json/codec.hpp"

namespace ninja3cx::simulators {
namespace {

constexpr const char* kTenant = R"json({
 "organizations": [
  {"id": 11, "name": "Cabinet Moreau"}, {"id": 12, "name": "Garage Dumas"}, {"id": 13, "name": "Clinique Pasteur"},
  {"id": 14, "name": "Transports Girard"}, {"id": 15, "name": "Agence Horizon"}, {"id": 16, "name": "Hôtel Bellevue", "customFields": {"phone": "05 36 49 60 00"}},
  {"id": 17, "name": "Atelier Roux"}, {"id": 18, "name": "Fiduciaire Roux"}
 ],
 "locations": [
  {"id": 31, "organizationId": 11, "name": "Siège"}, {"id": 32, "organizationId": 11, "name": "Lyon"},
  {"id": 33, "organizationId": 12, "name": "Atelier"}, {"id": 34, "organizationId": 13, "name": "Bâtiment A"},
  {"id": 35, "organizationId": 14, "name": "Entrepôt"}, {"id": 36, "organizationId": 15, "name": "Agence"},
  {"id": 37, "organizationId": 16, "name": "Réception"}, {"id": 38, "organizationId": 17, "name": "Atelier"},
  {"id": 39, "organizationId": 18, "name": "Bureau"}
 ],
 "contacts": [
  {"id": 71, "organizationId": 11, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11", "firstName": "Claire", "lastName": "Fontaine",
   "email": "c.fontaine@cabinet-moreau.example", "phone": "+33 6 39 98 10 01", "jobTitle": "Juriste"},
  {"id": 72, "organizationId": 12, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a12", "firstName": "Paul", "lastName": "Girard",
   "email": "p.girard@garage-dumas.example", "phone": "0465712002", "jobTitle": "Chef d'atelier"},
  {"id": 73, "organizationId": 13, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a13", "firstName": "Nathalie", "lastName": "Perrin",
   "email": "n.perrin@clinique-pasteur.example", "phone": "01.99.00.30.03", "jobTitle": "Secrétaire médicale"},
  {"id": 74, "organizationId": 14, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a14", "firstName": "Philippe", "lastName": "Mercier",
   "email": "p.mercier@transports-girard.example", "phone": "06 39 98 40 04", "jobTitle": "Directeur d'exploitation"},
  {"id": 75, "organizationId": 15, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a15", "firstName": "Isabelle", "lastName": "Robin",
   "email": "i.robin@agence-horizon.example", "phone": "0033 2 61 91 50 05", "jobTitle": "Responsable administrative"},
  {"id": 76, "organizationId": 16, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a16", "firstName": "Marc", "lastName": "Chevalier",
   "email": "m.chevalier@hotel-bellevue.example", "phone": "(0)5 36 49 60 06", "jobTitle": "Directeur"},
  {"id": 77, "organizationId": 17, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a17", "firstName": "Denis", "lastName": "Roux",
   "email": "denis@atelier-roux.example", "phone": "01 99 00 77 77", "jobTitle": "Gérant"},
  {"id": 78, "organizationId": 18, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a18", "firstName": "Agnès", "lastName": "Roux",
   "email": "agnes@fiduciaire-roux.example", "phone": "+33199007777", "jobTitle": "Associée"},
  {"id": 79, "organizationId": 16, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a19", "firstName": "Accueil", "lastName": "Hôtel",
   "email": "accueil@hotel-bellevue.example", "phone": ""},
  {"id": 80, "organizationId": 13, "uid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a20", "firstName": "Service", "lastName": "Achats"}
 ],
 "endUsers": [
  {"id": 501, "organizationId": 11, "uid": "7d1e0b1a-1111-4c1e-8a50-000000000501", "enabled": true, "firstName": "Antoine", "lastName": "Moreau",
   "email": "a.moreau@cabinet-moreau.example", "phone": "+33 1 99 00 10 02", "assignedDeviceIds": [342]},
  {"id": 502, "organizationId": 11, "uid": "7d1e0b1a-1111-4c1e-8a50-000000000502", "enabled": false, "firstName": "Luc", "lastName": "Ancien",
   "email": "l.ancien@cabinet-moreau.example", "phone": "06 39 98 88 88", "assignedDeviceIds": []},
  {"id": 503, "organizationId": 14, "uid": "7d1e0b1a-1111-4c1e-8a50-000000000503", "enabled": true, "firstName": "Sonia", "lastName": "Benali",
   "email": "s.benali@transports-girard.example", "phone": "", "assignedDeviceIds": [348]}
 ],
 "technicians": [
  {"id": 1, "uid": "0f6e2a10-2222-4b6e-9d10-000000000001", "enabled": true, "firstName": "Service", "lastName": "Téléphonie",
   "email": "telephonie@infogerance.example", "phone": ""},
  {"id": 2, "uid": "0f6e2a10-2222-4b6e-9d10-000000000002", "enabled": true, "firstName": "Julien", "lastName": "Bernard",
   "email": "julien.bernard@infogerance.example", "phone": "+33 1 99 00 02 01"},
  {"id": 3, "uid": "0f6e2a10-2222-4b6e-9d10-000000000003", "enabled": true, "firstName": "Sophie", "lastName": "Lambert",
   "email": "sophie.lambert@infogerance.example", "phone": "+33 1 99 00 02 02"},
  {"id": 4, "uid": "0f6e2a10-2222-4b6e-9d10-000000000004", "enabled": true, "firstName": "Karim", "lastName": "Haddad",
   "email": "karim.haddad@infogerance.example", "phone": "+33 1 99 00 02 03"},
  {"id": 5, "uid": "0f6e2a10-2222-4b6e-9d10-000000000005", "enabled": true, "firstName": "Camille", "lastName": "Marchand",
   "email": "camille.marchand@infogerance.example", "phone": "+33 1 99 00 02 04"},
  {"id": 6, "uid": "0f6e2a10-2222-4b6e-9d10-000000000006", "enabled": false, "firstName": "Hugo", "lastName": "Parti",
   "email": "hugo.parti@infogerance.example", "phone": ""},
  {"id": 7, "uid": "0f6e2a10-2222-4b6e-9d10-000000000007", "enabled": true, "firstName": "Laura", "lastName": "Petit",
   "email": "laura.petit@infogerance.example", "phone": "+33 1 99 00 02 05"},
  {"id": 8, "uid": "0f6e2a10-2222-4b6e-9d10-000000000008", "enabled": true, "firstName": "Nicolas", "lastName": "Faure",
   "email": "nicolas.faure@infogerance.example", "phone": "+33 1 99 00 02 06"}
 ],
 "devices": [
  {"id": 341, "organizationId": 11, "locationId": 31, "uid": "9a000000-0000-4000-8000-000000000341", "nodeClass": "WINDOWS_WORKSTATION",
   "offline": false, "systemName": "PC-FONTAINE", "lastUser": "MOREAU\\c.fontaine", "ipAddress": "192.0.2.41",
   "assignedOwnerUid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"},
  {"id": 342, "organizationId": 11, "locationId": 32, "uid": "9a000000-0000-4000-8000-000000000342", "nodeClass": "WINDOWS_WORKSTATION",
   "offline": false, "systemName": "PC-MOREAU", "lastUser": "MOREAU\\a.moreau", "ipAddress": "192.0.2.42"},
  {"id": 343, "organizationId": 12, "locationId": 33, "uid": "9a000000-0000-4000-8000-000000000343", "nodeClass": "WINDOWS_WORKSTATION",
   "offline": false, "systemName": "PC-ATELIER", "lastUser": "DUMAS\\p.girard", "ipAddress": "192.0.2.43"},
  {"id": 344, "organizationId": 13, "locationId": 34, "uid": "9a000000-0000-4000-8000-000000000344", "nodeClass": "WINDOWS_WORKSTATION",
   "offline": true, "systemName": "PC-ACCUEIL-A", "lastUser": "PASTEUR\\n.perrin", "ipAddress": "192.0.2.44"},
  {"id": 345, "organizationId": 14, "locationId": 35, "uid": "9a000000-0000-4000-8000-000000000345", "nodeClass": "WINDOWS_SERVER",
   "offline": true, "systemName": "SRV-PLANNING", "ipAddress": "192.0.2.45"},
  {"id": 346, "organizationId": 15, "locationId": 36, "uid": "9a000000-0000-4000-8000-000000000346", "nodeClass": "MAC",
   "offline": false, "systemName": "MAC-ROBIN", "lastUser": "i.robin", "ipAddress": "192.0.2.46"},
  {"id": 347, "organizationId": 16, "locationId": 37, "uid": "9a000000-0000-4000-8000-000000000347", "nodeClass": "WINDOWS_WORKSTATION",
   "offline": false, "systemName": "PC-RECEPTION", "lastUser": "BELLEVUE\\m.chevalier", "ipAddress": "192.0.2.47"},
  {"id": 348, "organizationId": 14, "locationId": 35, "uid": "9a000000-0000-4000-8000-000000000348", "nodeClass": "WINDOWS_WORKSTATION",
   "offline": false, "systemName": "PC-BENALI", "lastUser": "GIRARD\\s.benali", "ipAddress": "192.0.2.48"}
 ],
 "alerts": [
  {"uid": "a1e70000-0000-4000-8000-000000000001", "deviceId": 345, "message": "Agent hors ligne depuis 3 heures", "sourceType": "AGENT_OFFLINE",
   "severity": "CRITICAL", "priority": "HIGH", "ageHours": 3},
  {"uid": "a1e70000-0000-4000-8000-000000000002", "deviceId": 347, "message": "Espace libre de C: inférieur à 5 %",
   "sourceType": "CONDITION_AGENT_DISK_FREE_SPACE", "severity": "MODERATE", "priority": "MEDIUM", "ageHours": 20}
 ]
})json";

constexpr const char* kDemoTickets = R"json([
 {"clientId": 11, "subject": "Connexion VPN lente depuis Lyon", "description": "Débit faible entre 9 h et 10 h.", "status": "5000",
  "type": "INCIDENT", "priority": "LOW", "requesterUid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11", "assignedAppUserId": 2, "ageHours": 720, "deleted": false},
 {"clientId": 16, "subject": "Wi-Fi instable à la réception", "description": "Coupures le soir, borne à remplacer.", "status": "2000",
  "type": "INCIDENT", "priority": "MEDIUM", "requesterUid": "5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a16", "assignedAppUserId": 4, "ageHours": 50, "deleted": false},
 {"clientId": 12, "subject": "Doublon", "description": "Créé deux fois par erreur.", "status": "6000",
  "type": "QUESTION", "priority": "NONE", "ageHours": 1000, "deleted": true}
])json";

}  // namespace

Seed builtInSeed() {
    return json::decodeText<Seed>(kTenant, json::UnknownFields::Refused).value();
}

std::vector<OldTicket> demoTickets() {
    return json::decodeText<std::vector<OldTicket>>(kDemoTickets, json::UnknownFields::Refused).value();
}

}  // namespace ninja3cx::simulators
