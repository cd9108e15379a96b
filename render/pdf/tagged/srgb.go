package tagged

import "encoding/binary"

// srgb is an ICC profile (ICC.1:2004-10, version 4.2) of the colour space of IEC
// 61966-2-1: its three primaries adapted to D50, and its curve. Numbers are
// fixed point, with sixteen bits after the point.
func srgb() []byte {
	curve := parametric(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", localized("sRGB")}, {"cprt", localized("No copyright, use freely")},
		{"wtpt", fixedPoint("XYZ ", 0.9642, 1, 0.8249)},
		{"chad", fixedPoint("sf32", 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)},
		{"rXYZ", fixedPoint("XYZ ", 0.43607, 0.22249, 0.01392)},
		{"gXYZ", fixedPoint("XYZ ", 0.38515, 0.71687, 0.09708)},
		{"bXYZ", fixedPoint("XYZ ", 0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	const head = 128
	directory := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	for _, t := range tags {
		directory = append(directory, t.name...)
		directory = binary.BigEndian.AppendUint32(directory, uint32(head+4+12*len(tags)+len(data)))
		directory = binary.BigEndian.AppendUint32(directory, uint32(len(t.data)))
		data = append(data, t.data...)
		data = append(data, make([]byte, -len(data)&3)...)
	}
	body := append(directory, data...)
	return append(profileHeader(head+len(body)), body...)
}

func profileHeader(size int) []byte {
	h := make([]byte, 128)
	binary.BigEndian.PutUint32(h, uint32(size))
	copy(h[8:], "\x04\x20\x00\x00mntrRGB XYZ ")
	copy(h[24:], "\x07\xd8\x00\x01\x00\x01") // made on 1 January 2008, for every document
	copy(h[36:], "acsp")
	copy(h[68:], fixedPoint("", 0.9642, 1, 0.8249)) // of the space between profiles: D50
	return h
}

// fixedPoint is a value of the given type; without a type, its numbers alone.
func fixedPoint(kind string, values ...float64) []byte {
	var b []byte
	if kind != "" {
		b = append([]byte(kind), 0, 0, 0, 0)
	}
	for _, v := range values {
		if v < 0 {
			b = binary.BigEndian.AppendUint32(b, -uint32(-v*65536+0.5))
		} else {
			b = binary.BigEndian.AppendUint32(b, uint32(v*65536+0.5))
		}
	}
	return b
}

// parametric is the curve of type 3: linear below the last value, a power above it.
func parametric(values ...float64) []byte {
	return append([]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), fixedPoint("", values...)...)
}

// localized is a text in English.
func localized(s string) []byte {
	b := append([]byte("mluc\x00\x00\x00\x00"), 0, 0, 0, 1, 0, 0, 0, 12)
	b = append(b, "enGB"...)
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(s)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for i := range len(s) {
		b = append(b, 0, s[i])
	}
	return b
}
