;; The inner loop of the resampler: 48 taps against a window of samples, eight multiplications an instruction.
;; Compiled by hand with wabt into fir-kernel.ts; a test holds the two against each other.
;; The memory is the caller's scratch: coefficients in Q15, samples of 16 bits in and out.
(module
  (memory (export "memory") 1)
  ;; out[k * outStep] = clamp(sum of row[tap] * window[k * windowStep + tap]), for k in 0..count. Addresses and steps are in bytes.
  (func (export "convolve")
    (param $row i32) (param $window i32) (param $windowStep i32) (param $out i32) (param $outStep i32) (param $count i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128) (local $f v128)
    (local $sum v128) (local $total i64)
    (local.set $a (v128.load (local.get $row)))
    (local.set $b (v128.load offset=16 (local.get $row)))
    (local.set $c (v128.load offset=32 (local.get $row)))
    (local.set $d (v128.load offset=48 (local.get $row)))
    (local.set $e (v128.load offset=64 (local.get $row)))
    (local.set $f (v128.load offset=80 (local.get $row)))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        ;; A lane holds a quarter of the sum: no quarter of a row reaches 2.0, so no lane reaches 2^31.
        (local.set $sum
          (i32x4.add
            (i32x4.add
              (i32x4.add (i32x4.dot_i16x8_s (local.get $a) (v128.load align=2 (local.get $window)))
                         (i32x4.dot_i16x8_s (local.get $b) (v128.load offset=16 align=2 (local.get $window))))
              (i32x4.add (i32x4.dot_i16x8_s (local.get $c) (v128.load offset=32 align=2 (local.get $window)))
                         (i32x4.dot_i16x8_s (local.get $d) (v128.load offset=48 align=2 (local.get $window)))))
            (i32x4.add (i32x4.dot_i16x8_s (local.get $e) (v128.load offset=64 align=2 (local.get $window)))
                       (i32x4.dot_i16x8_s (local.get $f) (v128.load offset=80 align=2 (local.get $window))))))
        (local.set $total
          (i64.add
            (i64.add (i64.extend_i32_s (i32x4.extract_lane 0 (local.get $sum)))
                     (i64.extend_i32_s (i32x4.extract_lane 1 (local.get $sum))))
            (i64.add (i64.extend_i32_s (i32x4.extract_lane 2 (local.get $sum)))
                     (i64.extend_i32_s (i32x4.extract_lane 3 (local.get $sum))))))
        ;; Half up, then back from Q15.
        (local.set $total (i64.shr_s (i64.add (local.get $total) (i64.const 16384)) (i64.const 15)))
        (local.set $sum (i32x4.splat (i32.wrap_i64 (local.get $total))))
        ;; The narrowing clamps to 16 bits.
        (v128.store16_lane align=2 0 (local.get $out) (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
        (local.set $window (i32.add (local.get $window) (local.get $windowStep)))
        (local.set $out (i32.add (local.get $out) (local.get $outStep)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))))
