// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// OpenZeppelin's ERC-721, whose maker makes the tokens.
contract Token721 is ERC721URIStorage, Ownable {
  constructor(string memory name, string memory symbol) ERC721(name, symbol) Ownable(msg.sender) {}

  function mint(address to, uint256 id, string calldata uri) external onlyOwner {
    _safeMint(to, id);
    _setTokenURI(id, uri);
  }
}
