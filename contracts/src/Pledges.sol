// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// A register of pledges: small, and with one of everything that an ABI can say.
contract Pledges {
  struct Pledge {
    address by;
    uint64 amount;
    string what;
  }

  error TooSmall(uint64 least, uint64 given);
  error NotYours(address owner);

  event Pledged(uint256 indexed id, address indexed by, string what, uint64 amount);
  event Paid(address indexed by, uint256 value);

  uint64 public least;
  Pledge[] private all;

  constructor(uint64 least_) {
    least = least_;
  }

  function pledge(string calldata what, uint64 amount) public returns (uint256 id) {
    if (amount < least) revert TooSmall(least, amount);
    id = all.length;
    all.push(Pledge(msg.sender, amount, what));
    emit Pledged(id, msg.sender, what, amount);
  }

  function pledge(Pledge[] calldata many) external returns (uint256 first) {
    first = all.length;
    for (uint256 i = 0; i < many.length; i++) {
      pledge(many[i].what, many[i].amount);
    }
  }

  function get(uint256 id) external view returns (Pledge memory) {
    return all[id];
  }

  function summary() external view returns (uint256 count, uint64 smallest, address here) {
    return (all.length, least, address(this));
  }

  function setLeast(uint64 least_) external {
    least = least_;
  }

  function pay() external payable {
    require(msg.value > 0, "nothing was paid");
    emit Paid(msg.sender, msg.value);
  }

  function withdraw(uint256 id) external view {
    if (all[id].by != msg.sender) revert NotYours(all[id].by);
  }
}
