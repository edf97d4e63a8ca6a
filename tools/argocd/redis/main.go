// A Redis for tests, where there is no redis-server: Argo CD's own tests use the same one.
package main

import (
	"log"
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	// Its clock stands still unless it is moved, and keys would never expire.
	for range time.Tick(time.Second) {
		server.FastForward(time.Second)
	}
}
