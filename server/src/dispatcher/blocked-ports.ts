/**
 * Ports that no webhook listens on but where an HTTP request could do harm: the "bad ports" of the fetch standard,
 * which speak line-based protocols, and common databases, caches and control planes.
 */
const BLOCKED_PORTS: ReadonlySet<number> = new Set([
  // fetch.spec.whatwg.org, "port blocking"
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  // Windows shares and remote desktops
  445, 3389, 5900, 5985, 5986,
  // Databases, caches and queues
  1433, 1521, 2181, 3306, 4369, 5432, 5433, 5672, 6379, 6380, 6432, 9042, 9092, 9200, 9300, 11211, 15672, 26257, 26379,
  27017, 27018, 27019, 28015,
  // Control planes
  2375, 2376, 2379, 2380, 4243, 6443, 8500, 10250, 10255, 10256,
]);

export function isBlockedPort(port: number): boolean {
  return BLOCKED_PORTS.has(port);
}
