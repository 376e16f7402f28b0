// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

/// @dev Weights by index, from 1 on, with their sums, and the block in which one of them last changed.
struct Weights {
    uint32 count;
    uint96 total;
    uint64 changedIn;
    mapping(uint256 index => uint96) nodes;
}

/// @title A tree of sums: weighted draws in O(log n)
/// @dev A binary indexed tree (P. M. Fenwick, "A new data structure for cumulative frequency tables", Software:
/// Practice and Experience 24, 1994): node i holds the sum over as many weights up to i as its lowest set bit says.
library WeightTree {
    /// @dev Adds an index with a weight.
    function append(Weights storage self, uint96 weight) internal returns (uint32 index) {
        index = ++self.count;
        uint96 sum = weight;
        uint256 low = index & (~index + 1);
        for (uint256 step = 1; step < low; step <<= 1) sum += self.nodes[index - step];
        self.nodes[index] = sum;
        (self.total, self.changedIn) = (self.total + weight, uint64(block.number));
    }

    /// @dev Changes the weight of an index from `before` to `weight`, and says whether that is something else.
    function set(Weights storage self, uint256 index, uint96 before, uint96 weight) internal returns (bool) {
        if (before == weight) return false;
        for (uint256 i = index; i <= self.count; i += i & (~i + 1)) {
            self.nodes[i] = self.nodes[i] - before + weight;
        }
        (self.total, self.changedIn) = (self.total - before + weight, uint64(block.number));
        return true;
    }

    /// @dev The index in whose weight a point lies, and where that weight begins. The point is below the total.
    function find(Weights storage self, uint256 point) internal view returns (uint256 index, uint256 start) {
        uint256 step = 1;
        while (step << 1 <= self.count) step <<= 1;
        for (; step > 0; step >>= 1) {
            uint256 next = index + step;
            if (next > self.count) continue;
            uint256 sum = start + self.nodes[next];
            if (sum <= point) (index, start) = (next, sum);
        }
        ++index;
    }
}
