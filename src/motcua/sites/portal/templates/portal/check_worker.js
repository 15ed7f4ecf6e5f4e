"use strict";
// Keeps the page that checks QR codes on the device: from the network when there is one, else what was kept.
const KEPT = "kiem-tra-qr", NEEDED = ["{{ page|escapejs }}"{% for name in names %}, "{{ name|escapejs }}"{% endfor %}];
self.addEventListener("install", event => {
  event.waitUntil(caches.open(KEPT).then(kept => kept.addAll(NEEDED)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", event => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET" || !NEEDED.includes(path)) return;
  event.respondWith(fetch(event.request).then(answer => {
    if (answer.ok) {
      const copy = answer.clone();
      caches.open(KEPT).then(kept => kept.put(path, copy));
    }
    return answer;
  }).catch(() => caches.match(path)));
});
