// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// OpenZeppelin's ERC-1155, whose maker makes the tokens.
contract Token1155 is ERC1155, Ownable {
  constructor(string memory uri) ERC1155(uri) Ownable(msg.sender) {}

  function mint(address to, uint256[] calldata ids, uint256[] calldata amounts) external onlyOwner {
    _mintBatch(to, ids, amounts, "");
  }
}
