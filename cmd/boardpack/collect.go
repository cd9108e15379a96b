package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// garbageRoom is by how many bytes the heap may always grow before garbage is
// collected; one that holds much may grow by leastPercent of that. The runtime
// begins with 4 MB, and a program that ends after a second then spends a tenth
// of it on collections; later it lets the heap double, which in a night of
// 10,000 returns is memory that nothing is the faster for.
const (
	garbageRoom  = 32 << 20
	leastPercent = 50
)

// collectSeldom gives the heap that room, from now on and after each
// collection. Whoever sets GOGC has a say of their own.
func collectSeldom() {
	if os.Getenv("GOGC") != "" {
		return
	}
	adjustCollector(0)
	collected(&struct{ _ [16]byte }{})
}

// collected runs once after each collection, as what it is given is never kept.
func collected(mark *struct{ _ [16]byte }) {
	runtime.AddCleanup(mark, func(struct{}) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		adjustCollector(live[0].Value.Uint64())
		collected(&struct{ _ [16]byte }{})
	}, struct{}{})
}

// adjustCollector sets how much may be added to the bytes that are live. The
// runtime takes a heap for at least 4 MB.
func adjustCollector(live uint64) {
	const least = 4 << 20
	debug.SetGCPercent(int(max(leastPercent, garbageRoom*100/max(live, least))))
}
