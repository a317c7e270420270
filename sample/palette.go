package sample

import "maps"

// paints are the colours every scene has; a mood adds sky, hills and ground.
var paints = palette{
	"cream": rgb(0xfff8e7), "light": rgb(0xe9dfcf), "ink": rgb(0x2f2833), "grey": rgb(0x9a98a3),
	"wood": rgb(0x9a6a45), "darkwood": rgb(0x5f3c2a), "clay": rgb(0xb9683f), "roof": rgb(0x7a3e2a),
	"red": rgb(0xc9503f), "orange": rgb(0xe98f3c), "yellow": rgb(0xf3c55c), "leaf": rgb(0x3d7a55), "green": rgb(0x62a06a),
	"blue": rgb(0x3c74a0), "sky": rgb(0xa9d3de), "pink": rgb(0xf0b5ab), "rose": rgb(0xd98a84),
}

// A mood is a time of day and a kind of land: the upper and lower sky, sun, cloud, three hills from far to near, the
// ground, and deep and shallow water.
type mood [10]uint32

var moodNames = [...]string{"high", "low", "sun", "cloud", "far", "hill", "near", "ground", "deep", "shallow"}

var moods = [...]mood{
	{0xf5d8a6, 0xf9e4bf, 0xf2a55c, 0xfdf0d8, 0x8fb08f, 0x5f9077, 0x3f6f58, 0x5f9077, 0x74b1c4, 0x93c8d8}, // morning
	{0xaedcec, 0xd3eef2, 0xfbe08a, 0xffffff, 0x9fc6a8, 0x6fae74, 0x457f55, 0x83b96f, 0x5aa5c9, 0x86c3dc}, // noon
	{0xc9b3d6, 0xf3c6b8, 0xf07f63, 0xf9dcd0, 0x9a86b0, 0x6e6c97, 0x4a4a73, 0x6f7f7c, 0x7d86b5, 0xa7a5cb}, // dusk
	{0xf7e3b5, 0xfbeecb, 0xf5b54a, 0xfff7e0, 0xd9b777, 0xc2955a, 0x8d6a3f, 0xcfa566, 0x7fb7b5, 0xa4cfc8}, // savanna
	{0xbcd7e6, 0xe6eef0, 0xfdf1c4, 0xffffff, 0x8d9cb8, 0x6b86a0, 0x4c6d63, 0x7e9b74, 0x5d93b5, 0x8bb9cf}, // highland
	{0x9fdcd3, 0xd6f0dd, 0xffd166, 0xf7fff7, 0x62b59b, 0x3f9a7d, 0x256f5c, 0xe7cf9c, 0x3fa7b5, 0x74c9cb}, // coast
	{0xdfe4dc, 0xeff0e4, 0xf4dfa0, 0xffffff, 0xa5b9a2, 0x7da081, 0x4f7a5e, 0x93b07d, 0x86aeb4, 0xabcaca}, // after rain
	{0xf8c9a9, 0xfbe0c3, 0xe9604b, 0xfdebdc, 0xc48b86, 0x9c6a74, 0x6a4a5c, 0xa9895f, 0x7b98ad, 0xa3b9c4}, // evening
}

// Main and second colours for cloth, boats and signs.
var cloths = [...][2]uint32{
	{0x4338a8, 0xe98f3c}, {0xc9503f, 0xf3c55c}, {0x2f7f86, 0xf0b5ab}, {0x7a4b94, 0x62a06a}, {0x3c74a0, 0xc9503f}, {0xb7472a, 0x3c74a0}, {0x1f7a63, 0xe9604b},
}

func (m mood) palette(cloth [2]uint32) palette {
	p := maps.Clone(paints)
	for i, name := range moodNames {
		p[name] = rgb(m[i])
	}
	g := p["ground"]
	p["shade"] = rgb(uint32(g.R)*9/10<<16 | uint32(g.G)*9/10<<8 | uint32(g.B)*9/10)
	p["main"], p["second"] = rgb(cloth[0]), rgb(cloth[1])
	return p
}
